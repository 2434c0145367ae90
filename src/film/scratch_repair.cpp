// SPDX-License-Identifier: Apache-2.0
#include "film/scratch_repair.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "image/colour_conversion.h"
#include "image/component_view.h"

namespace reelface {
namespace {

constexpr int kSide = 2;  // samples on each side that say what belongs in between

/// The columns that are mended in one row.
struct Span {
  int first = 0, end = 0;
};

/// The rows that a scratch is seen in, whole strips.
cv::Range rows_of(const VerticalLine& line, int height) {
  const auto is_seen = [](float strength) { return strength > 0; };
  const auto first = std::find_if(line.strengths.begin(), line.strengths.end(), is_seen);
  const auto last = std::find_if(line.strengths.rbegin(), line.strengths.rend(), is_seen);
  const std::size_t strips = line.strengths.size();
  const auto from = static_cast<std::size_t>(first - line.strengths.begin());
  const auto to = strips - static_cast<std::size_t>(last - line.strengths.rbegin());
  return {VerticalLine::first_row(from, strips, height), VerticalLine::first_row(to, strips, height)};
}

Span span_at(const Scratch& scratch, int row, cv::Size frame) {
  const int middle = static_cast<int>(std::lround(scratch.line.place_at(row, frame.height)));
  return {std::max(0, middle - scratch.half_width), std::min(frame.width, middle + scratch.half_width + 1)};
}

/// One column of the scratch, from top to bottom: what is there, and what its sides say should be.
struct Column {
  std::vector<float> found, expected;
};

/// What a scratch does to a component.
struct Paint {
  double tone = 0;    ///< the code of a scratch that nothing is seen through
  double level = 1;   ///< codes of a grey level
  bool fades = true;  ///< false: its tone says nothing about how much it hides
};

/// What is known of a quantity, and how well.
struct Estimate {
  double value = 0, variance = 1e6;  // nothing yet
};

/// Both together, each as far as it can be trusted.
Estimate together(const Estimate& first, const Estimate& second) {
  const double sum = first.variance + second.variance;
  return {(first.value * second.variance + second.value * first.variance) / sum,
          first.variance * second.variance / sum};
}

/// How much of what it hides the scratch replaces in each row: from that row and from those around it, from fewer where
/// a row says more. Between neighbouring rows it changes by `step`, rms.
std::vector<double> smoothed(const std::vector<Estimate>& rows, double step) {
  std::vector<Estimate> above(rows.size() + 1);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    above[row + 1] = together(above[row], rows[row]);
    above[row + 1].variance += step * step;
  }
  std::vector<double> result(rows.size());
  Estimate below;
  for (std::size_t row = rows.size(); row-- > 0;) {
    below = together(below, rows[row]);
    result[row] = together(above[row], below).value;
    below.variance += step * step;
  }
  return result;
}

/// A scratch that light shines through mixes its tone into what it hides: how much is learnt from all rows, as far as
/// the sides can tell what is hidden. Unmixed, detail and grain are as strong as they were.
std::vector<float> mended(const Column& column, const std::vector<double>& doubts, double step, const Paint& paint) {
  constexpr double kTooLittle = 1.5;  // levels; not worth changing a sample for
  constexpr double kMostHidden = 0.8;
  std::vector<Estimate> shares(column.found.size());
  const auto whole = [&](std::size_t row) {
    return paint.fades ? paint.tone - column.expected[row] : paint.level * 255;
  };
  for (std::size_t row = 0; row < shares.size(); ++row) {
    const double lever = std::copysign(std::max(std::abs(whole(row)), 8 * paint.level), whole(row));
    shares[row] = {(column.found[row] - column.expected[row]) / lever, doubts[row] / (lever * lever)};
  }
  const std::vector<double> hidden = smoothed(shares, step);
  std::vector<float> result = column.found;
  for (std::size_t row = 0; row < result.size(); ++row) {
    if (std::abs(hidden[row] * whole(row)) < kTooLittle * paint.level) continue;
    const double share = std::clamp(hidden[row], 0.0, kMostHidden);
    result[row] = static_cast<float>(paint.fades ? (column.found[row] - share * paint.tone) / (1 - share)
                                                 : column.found[row] - hidden[row] * whole(row));
  }
  return result;
}

/// The mean of some samples of a row.
float mean_of(const std::vector<float>& row, int first, int end) {
  float sum = 0;
  int count = 0;
  for (int x = std::max(0, first); x < std::min(static_cast<int>(row.size()), end); ++x, ++count) sum += row[x];
  return count > 0 ? sum / static_cast<float>(count) : -1;
}

/// From one side to the other, across a span.
struct Bridge {
  float left = 0, right = 0;
  Span span;

  Bridge(const std::vector<float>& row, Span across) : span(across) {
    left = mean_of(row, span.first - kSide, span.first), right = mean_of(row, span.end, span.end + kSide);
    if (left < 0) left = right;
    if (right < 0) right = left;
  }

  float at(int x) const {
    const auto width = static_cast<float>(span.end - span.first + kSide);
    return left + (right - left) * (static_cast<float>(x - span.first) + 0.5F * kSide + 0.5F) / width;
  }
};

/// What the sides of a span say about each of its samples.
void add_expected(const std::vector<float>& row, Span span, std::vector<Column>& columns) {
  const Bridge bridge(row, span);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const int x = std::min(span.first + static_cast<int>(i), static_cast<int>(row.size()) - 1);
    columns[i].found.push_back(row[x]);
    columns[i].expected.push_back(bridge.at(span.first + static_cast<int>(i)));
  }
}

/// How wrong they would be about as wide a span beside it: squared, on average.
double doubt_beside(const std::vector<float>& row, Span span) {
  const int width = span.end - span.first;
  double sum = 0;
  int count = 0;
  for (const int shift : {-(width + kSide), width + kSide}) {
    const Span beside{span.first + shift, span.end + shift};
    if (beside.first < kSide || beside.end + kSide > static_cast<int>(row.size())) continue;
    const Bridge bridge(row, beside);
    for (int x = beside.first; x < beside.end; ++x, ++count) sum += (row[x] - bridge.at(x)) * (row[x] - bridge.at(x));
  }
  return count > 0 ? sum / count : 0;
}

/// Over some rows, as one says little.
std::vector<double> averaged(const std::vector<double>& rows, double least) {
  constexpr std::size_t kAround = 4;
  std::vector<double> result(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::size_t first = row > kAround ? row - kAround : 0, end = std::min(rows.size(), row + kAround + 1);
    double sum = 0;
    for (std::size_t other = first; other < end; ++other) sum += rows[other];
    result[row] = least + sum / static_cast<double>(end - first);
  }
  return result;
}

/// Coarse components: a sample is mended if one of luma in it is.
Span coarse(Span span, int shift) {
  return {span.first >> shift, ((span.end - 1) >> shift) + 1};
}

void mend_component(const ComponentView& view, const Scratch& scratch, cv::Size frame, int shift_x, int shift_y,
                    const Paint& paint) {
  const cv::Range rows = rows_of(scratch.line, frame.height);
  const int first = rows.start >> shift_y, end = std::min(view.height, ((rows.end - 1) >> shift_y) + 1);
  std::vector<Span> spans;
  std::size_t width = 0;
  for (int y = first; y < end; ++y) {
    Span span = coarse(span_at(scratch, y << shift_y, frame), shift_x);
    span.end = std::min(span.end, view.width);
    spans.push_back(span);
    width = std::max(width, static_cast<std::size_t>(std::max(0, span.end - span.first)));
  }
  std::vector<Column> columns(width);
  std::vector<float> row(static_cast<std::size_t>(view.width));
  std::vector<double> doubts;
  for (int y = first; y < end; ++y) {
    const Span span = spans[static_cast<std::size_t>(y - first)];
    load_samples(view, 0, y, view.width, row.data());
    add_expected(row, span, columns);
    doubts.push_back(doubt_beside(row, span));
  }
  constexpr double kStep = 0.035;  // of what a scratch hides, from row to row of a picture 480 lines high
  const double step = kStep * 480 / frame.height * (1 << shift_y);
  doubts = averaged(doubts, paint.level * paint.level);
  for (std::size_t i = 0; i < width; ++i) {
    const std::vector<float> samples = mended(columns[i], doubts, step, paint);
    for (int y = first; y < end; ++y) {
      const Span span = spans[static_cast<std::size_t>(y - first)];
      const int x = span.first + static_cast<int>(i);
      if (x < span.end) store_samples(view, x, y, 1, &samples[static_cast<std::size_t>(y - first)]);
    }
  }
}

/// Mean levels by which samples so far from its middle stand out.
std::vector<double> profile_of(const VerticalLine& line, const cv::Mat& grey, int reach) {
  std::vector<double> profile(static_cast<std::size_t>(2 * reach + 1), 0.0);
  double* const centre = profile.data() + reach;
  const cv::Range rows = rows_of(line, grey.rows);
  int count = 0;
  for (int y = rows.start; y < rows.end; ++y) {
    const int middle = static_cast<int>(std::lround(line.place_at(y, grey.rows)));
    if (middle < reach + kSide || middle + reach + kSide >= grey.cols) continue;
    const auto* row = grey.ptr<float>(y) + middle;
    const float left = row[-reach - 1], right = row[reach + 1];
    for (int x = -reach; x <= reach; ++x) {
      const float share = static_cast<float>(x + reach + 1) / static_cast<float>(2 * reach + 2);
      centre[x] += row[x] - (left + (right - left) * share);
    }
    ++count;
  }
  const double sign = line.sign == DefectSign::kLight ? 1 : -1;
  for (double& value : profile) value *= sign / std::max(1, count);
  return profile;
}

}  // namespace

Scratch measured_scratch(const VerticalLine& line, const cv::Mat& grey) {
  constexpr double kFoot = 0.08;  // of its height: less does not belong to it
  const int reach = 5 * unit_of(grey.size());
  const std::vector<double> profile = profile_of(line, grey, reach);
  const double* const centre = profile.data() + reach;
  Scratch scratch;
  scratch.line = line;
  scratch.contrast = std::max(0.0, centre[0]);
  const auto belongs = [&](int x) { return std::max(centre[x], centre[-x]) > std::max(1.0, kFoot * scratch.contrast); };
  while (scratch.half_width < reach - 1 && belongs(scratch.half_width + 1)) ++scratch.half_width;
  const cv::Range rows = rows_of(line, grey.rows);
  int left = grey.cols, right = 0;
  for (int y = rows.start; y < rows.end; ++y) {
    const Span span = span_at(scratch, y, grey.size());
    left = std::min(left, span.first), right = std::max(right, span.end);
    scratch.area += std::max(0, span.end - span.first);
  }
  scratch.box = {left, rows.start, std::max(0, right - left), rows.end - rows.start};
  return scratch;
}

cv::Mat mask_of(const Scratch& scratch, cv::Size frame) {
  cv::Mat mask = cv::Mat::zeros(scratch.box.size(), CV_8U);
  for (int y = 0; y < mask.rows; ++y) {
    const Span span = span_at(scratch, scratch.box.y + y, frame);
    if (span.end > span.first) mask(cv::Rect(span.first - scratch.box.x, y, span.end - span.first, 1)).setTo(255);
  }
  return mask;
}

void mend_scratch(Frame& frame, const Scratch& scratch) {
  constexpr double kTone = 0.92;  // of the way from black to white: clear film is not quite
  const PixelLayout& layout = frame.facts().layout;
  const cv::Size size(frame.facts().width, frame.facts().height);
  const ColourConversion colour = colour_conversion(frame.facts());
  for (int component = 0; component < colour.component_count; ++component) {
    const bool is_chroma = layout.family == ColourFamily::kYuv && component > 0;
    const CodeRange& legal = colour.legal[component];
    const double range = legal.highest - legal.lowest;
    const double share = scratch.line.sign == DefectSign::kLight ? kTone : 1 - kTone;
    mend_component(view_component(frame, component), scratch, size, is_chroma ? layout.chroma_shift_x : 0,
                   is_chroma ? layout.chroma_shift_y : 0, {legal.lowest + share * range, range / 255, !is_chroma});
  }
}

}  // namespace reelface
