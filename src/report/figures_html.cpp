// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "core/spelled_number.h"
#include "html_text.h"
#include "report_parts.h"

namespace reelface {
namespace {

const char* tone_class(ReportTone tone) {
  switch (tone) {
    case ReportTone::kGood:
      return "good";
    case ReportTone::kBad:
      return "bad";
    case ReportTone::kMuted:
      return "muted";
    case ReportTone::kPlain:
      break;
  }
  return "plain";
}

}  // namespace

const char* role_class(ReportRole role) {
  switch (role) {
    case ReportRole::kRestored:
      return "restored";
    case ReportRole::kInput:
      return "input";
    case ReportRole::kReference:
      return "reference";
    case ReportRole::kOther:
      break;
  }
  return "other";
}

std::string headlines_html(const std::vector<ReportHeadline>& headlines) {
  std::string html = "<dl class=headlines>";
  for (const ReportHeadline& headline : headlines) {
    html += std::string("<div class=\"card headline ") + tone_class(headline.tone) + "\"><dt>" +
            escaped(headline.label) + "</dt><dd><strong>" + escaped(headline.value) + "</strong>";
    if (!headline.change.empty()) html += "<b>" + escaped(headline.change) + "</b> ";
    if (!headline.detail.empty()) html += "<span>" + escaped(headline.detail) + "</span>";
    html += "</dd></div>";
  }
  return html + "</dl>";
}

std::string warnings_html(const std::vector<std::string>& warnings) {
  std::string html = "<section class=warnings aria-label=Warnings><h2>" +
                     std::string(warnings.size() == 1 ? "One thing" : "Things") + " to know</h2><ul>";
  for (const std::string& warning : warnings) html += "<li>" + escaped(warning) + "</li>";
  return html + "</ul></section>";
}

std::string table_html(const ReportTable& table) {
  std::string html = "<div class=\"card table\"><h3>" + escaped(table.title) + "</h3>";
  if (!table.note.empty()) html += "<p>" + escaped(table.note) + "</p>";
  html += "<div class=scroll tabindex=0 role=group aria-label=\"" + escaped(table.title) + "\"><table><thead><tr>";
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const bool is_number = !table.rows.empty() && i < table.rows.front().size() && table.rows.front()[i].is_number;
    html += std::string("<th scope=col") + (is_number ? " class=number>" : ">") + escaped(table.columns[i]) + "</th>";
  }
  html += "</tr></thead><tbody>";
  for (const std::vector<ReportCell>& row : table.rows) {
    html += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string classes = std::string(tone_class(row[i].tone)) + (row[i].is_number ? " number" : "");
      html += i == 0 ? "<th scope=row class=\"" + classes + "\">" + escaped(row[i].text) + "</th>"
                     : "<td class=\"" + classes + "\">" + escaped(row[i].text) + "</td>";
    }
    html += "</tr>";
  }
  return html + "</tbody></table></div></div>";
}

std::string timings_html(const std::vector<ReportTiming>& timings, const std::string& note) {
  double total = 0, longest = 0;
  for (const ReportTiming& timing : timings) {
    const double seconds = std::isfinite(timing.seconds) ? std::max(0.0, timing.seconds) : 0;
    total += seconds;
    longest = std::max(longest, seconds);
  }
  std::string html = "<div class=\"card timings\">";
  if (!note.empty()) html += "<p>" + escaped(note) + "</p>";
  html +=
      "<table><thead><tr><th scope=col>Stage</th><th scope=col class=number>Seconds</th><th scope=col "
      "class=number>Share"
      "</th><td></td></tr></thead><tbody>";
  for (const ReportTiming& timing : timings) {
    const double seconds = std::isfinite(timing.seconds) ? std::max(0.0, timing.seconds) : 0;
    html += "<tr><th scope=row>" + escaped(timing.stage) + "</th><td class=number>" + fixed_spelled(seconds, 2) +
            "</td><td class=number>" + (total > 0 ? percent(seconds / total) : "–") +
            "</td><td class=bar><i style=\"width:" + percent(longest > 0 ? seconds / longest : 0) + "\"></i></td></tr>";
  }
  return html + "</tbody></table></div>";
}

}  // namespace reelface
