// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "chart_axis.h"
#include "core/spelled_number.h"
#include "html_text.h"
#include "report_parts.h"

namespace reelface {
namespace {

constexpr std::size_t kMostPoints = 900;

/// The chart with at most kMostPoints frames. Of the frames behind one point each series shows the one farthest from
/// its mean: a short burst of flicker in a long film stays visible.
struct Condensed {
  ReportChart chart;
  std::size_t frames_per_point = 1;
};

double mean_of_finite(const std::vector<double>& values) {
  double sum = 0;
  std::size_t count = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    sum += value;
    ++count;
  }
  return count > 0 ? sum / static_cast<double>(count) : std::numeric_limits<double>::quiet_NaN();
}

Condensed condensed(ReportChart chart) {
  for (ReportSeries& series : chart.series) {
    series.values.resize(chart.frames.size(), std::numeric_limits<double>::quiet_NaN());
  }
  if (chart.seconds.size() != chart.frames.size()) chart.seconds.clear();
  const std::size_t per_point = (chart.frames.size() + kMostPoints - 1) / kMostPoints;
  if (per_point <= 1) return {std::move(chart), 1};
  Condensed result{chart, per_point};
  result.chart.frames.clear();
  result.chart.seconds.clear();
  for (ReportSeries& series : result.chart.series) series.values.clear();
  for (std::size_t start = 0; start < chart.frames.size(); start += per_point) {
    result.chart.frames.push_back(chart.frames[start]);
    if (!chart.seconds.empty()) result.chart.seconds.push_back(chart.seconds[start]);
  }
  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    const std::vector<double>& values = chart.series[s].values;
    const double mean = mean_of_finite(values);
    for (std::size_t start = 0; start < values.size(); start += per_point) {
      double chosen = std::numeric_limits<double>::quiet_NaN();
      for (std::size_t i = start; i < std::min(start + per_point, values.size()); ++i) {
        if (!std::isfinite(values[i])) continue;
        if (!std::isfinite(chosen) || std::fabs(values[i] - mean) > std::fabs(chosen - mean)) chosen = values[i];
      }
      result.chart.series[s].values.push_back(chosen);
    }
  }
  return result;
}

/// The line in a box of 1000 x 1000, y down. A gap lifts the pen; a lone point becomes a dot.
std::string path_of(const ReportSeries& series, const std::vector<std::int64_t>& frames, const ChartAxis& across,
                    const ChartAxis& up) {
  std::string path;
  bool pen_down = false;
  for (std::size_t i = 0; i < series.values.size(); ++i) {
    if (!std::isfinite(series.values[i])) {
      pen_down = false;
      continue;
    }
    path += (pen_down ? "L" : "M") + fixed_spelled(1000 * across.position(static_cast<double>(frames[i])), 1) + " " +
            fixed_spelled(1000 * (1 - up.position(series.values[i])), 1);
    const bool alone = !pen_down && (i + 1 == series.values.size() || !std::isfinite(series.values[i + 1]));
    if (alone) path += "h0";
    pen_down = true;
  }
  return path;
}

std::string mark_text(double value, double step) {
  const int digits = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 6);
  return fixed_spelled(value, digits);
}

std::string legend_html(const ReportChart& full) {
  std::string html = "<ul class=legend>";
  for (const ReportSeries& series : full.series) {
    html += std::string("<li class=\"") + role_class(series.role) + "\"><i></i>" + escaped(series.name) +
            " <small>mean</small> <b>" + readable(mean_of_finite(series.values)) + "</b>" +
            (full.unit.empty() ? "" : " " + escaped(full.unit)) + "</li>";
  }
  return html + "</ul>";
}

std::string data_script(const Condensed& condensed) {
  const ReportChart& chart = condensed.chart;
  std::string json =
      "{\"unit\":" + json_text(chart.unit) + ",\"per\":" + std::to_string(condensed.frames_per_point) + ",\"frames\":[";
  for (std::size_t i = 0; i < chart.frames.size(); ++i) json += (i ? "," : "") + std::to_string(chart.frames[i]);
  json += "],\"seconds\":[";
  for (std::size_t i = 0; i < chart.seconds.size(); ++i) json += (i ? "," : "") + json_number(chart.seconds[i]);
  json += "],\"series\":[";
  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    const ReportSeries& series = chart.series[s];
    json += std::string(s ? "," : "") + "{\"name\":" + json_text(series.name) + ",\"role\":\"" +
            role_class(series.role) + "\",\"values\":[";
    for (std::size_t i = 0; i < series.values.size(); ++i) json += (i ? "," : "") + json_number(series.values[i]);
    json += "]}";
  }
  return "<script type=\"application/json\">" + json + "]}</script>";
}

std::string plot_html(const Condensed& condensed, const ChartAxis& across, const ChartAxis& up) {
  const double step = up.marks.size() > 1 ? up.marks[1] - up.marks[0] : 1;
  std::string grid, lines, marks;
  for (const double mark : up.marks) {
    const double height = 1000 * (1 - up.position(mark));
    grid += "<path d=\"M0 " + fixed_spelled(height, 1) + "H1000\"/>";
    marks += "<span class=y style=\"top:" + percent(1 - up.position(mark)) + "\">" + mark_text(mark, step) + "</span>";
  }
  for (const double mark : across.marks) {
    marks +=
        "<span class=x style=\"left:" + percent(across.position(mark)) + "\">" + fixed_spelled(mark, 0) + "</span>";
  }
  for (auto series = condensed.chart.series.rbegin(); series != condensed.chart.series.rend(); ++series) {
    lines += std::string("<path class=\"") + role_class(series->role) + "\" d=\"" +
             path_of(*series, condensed.chart.frames, across, up) + "\"/>";  // the first series lies on top
  }
  return "<svg viewBox=\"0 0 1000 1000\" preserveAspectRatio=none aria-hidden=true><g class=grid>" + grid +
         "</g><g class=lines>" + lines + "</g></svg>" + marks;
}

}  // namespace

std::string chart_html(const ReportChart& chart, int number) {
  double smallest = std::numeric_limits<double>::infinity(), largest = -smallest;
  for (const ReportSeries& series : chart.series) {
    for (const double value : series.values) {
      if (!std::isfinite(value)) continue;
      smallest = std::min(smallest, value);
      largest = std::max(largest, value);
    }
  }
  if (smallest <= largest) {
    for (const double value : chart.must_show) {
      smallest = std::min(smallest, value);
      largest = std::max(largest, value);
    }
  }
  const std::string id = "chart" + std::to_string(number);
  std::string html = "<figure class=\"card chart\"><figcaption><h3 id=" + id + ">" + escaped(chart.title) +
                     (chart.unit.empty() ? "" : " <small>" + escaped(chart.unit) + "</small>") + "</h3>";
  if (!chart.note.empty()) html += "<p>" + escaped(chart.note) + "</p>";
  html += "</figcaption>";
  if (chart.frames.empty() || !std::isfinite(smallest)) {
    return html + "<p class=nothing>Nothing to draw: no frame has a finite value.</p></figure>";
  }
  const Condensed points = condensed(chart);
  const ChartAxis across =
      frame_axis(static_cast<double>(chart.frames.front()), static_cast<double>(chart.frames.back()));
  html += "<div class=plot tabindex=0 role=group aria-roledescription=\"line chart\" aria-labelledby=" + id +
          " aria-describedby=" + id + "v>" + plot_html(points, across, value_axis(smallest, largest)) +
          "<div class=cursor hidden></div><div class=tip id=" + id + "v role=status hidden></div></div>" +
          legend_html(chart);
  if (points.frames_per_point > 1) {
    html += "<p class=nothing>One point stands for " + std::to_string(points.frames_per_point) +
            " frames: the one farthest from the mean.</p>";
  }
  return html + data_script(points) + "</figure>";
}

}  // namespace reelface
