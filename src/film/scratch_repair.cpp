#include "film/scratch_repair.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "image/colour_conversion.h"
#include "image/component_view.h"

namespace reelface {
namespace {

constexpr int kSide = 2;          // samples on each side that say what belongs in between
constexpr double kReachRows = 4;  // of a picture 480 lines high: rows that the scratch' opacity is learnt from

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

/// Sums of numbers, one for each row, over any range of rows.
class RunningSums {
 public:
  explicit RunningSums(std::size_t rows) : sums_(rows + 1, 0.0) {}
  void set(std::size_t row, double value) { sums_[row + 1] = sums_[row] + value; }
  double between(std::size_t first, std::size_t end) const { return sums_[end] - sums_[first]; }

 private:
  std::vector<double> sums_;
};

/// What a scratch does to a component.
struct Paint {
  double tone = 0;    ///< the code of a scratch that nothing is seen through
  double level = 1;   ///< codes of a grey level
  bool fades = true;  ///< false: its tone says nothing about how much it hides
};

/// A scratch that light shines through mixes its tone into what it hides, about as much over some rows. What is off the
/// mean over these rows is detail and grain, fainter than it was: it is kept, and made stronger again.
std::vector<float> mended(const Column& column, double reach, const Paint& paint) {
  constexpr double kTooLittle = 1.5;  // levels; not worth changing a sample for
  constexpr double kMostHidden = 0.5;
  const std::size_t rows = column.found.size();
  RunningSums expected(rows), found(rows);
  for (std::size_t row = 0; row < rows; ++row)
    expected.set(row, column.expected[row]), found.set(row, column.found[row]);
  std::vector<float> result = column.found;
  const auto around = static_cast<std::size_t>(std::max(1.0, reach));
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t first = row > around ? row - around : 0, end = std::min(rows, row + around + 1);
    const auto count = static_cast<double>(end - first);
    const double should_be = expected.between(first, end) / count, is = found.between(first, end) / count;
    if (std::abs(is - should_be) < kTooLittle * paint.level) continue;
    const double whole = paint.tone - should_be;
    const double hidden = paint.fades && whole != 0 ? std::clamp((is - should_be) / whole, 0.0, kMostHidden) : 0.0;
    const double detail = column.found[row] - (is + (1 - hidden) * (column.expected[row] - should_be));
    result[row] = static_cast<float>(column.expected[row] + detail / (1 - hidden));
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

/// What the sides of a span say about each of its samples.
void add_expected(const std::vector<float>& row, Span span, std::vector<Column>& columns) {
  float left = mean_of(row, span.first - kSide, span.first), right = mean_of(row, span.end, span.end + kSide);
  if (left < 0) left = right;
  if (right < 0) right = left;
  const float width = static_cast<float>(span.end - span.first + kSide);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const int x = std::min(span.first + static_cast<int>(i), static_cast<int>(row.size()) - 1);
    const float share = (static_cast<float>(i) + 0.5F * kSide + 0.5F) / width;
    columns[i].found.push_back(row[x]);
    columns[i].expected.push_back(left + (right - left) * share);
  }
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
  for (int y = first; y < end; ++y) {
    load_samples(view, 0, y, view.width, row.data());
    add_expected(row, spans[static_cast<std::size_t>(y - first)], columns);
  }
  const double reach = kReachRows * frame.height / 480 / (1 << shift_y);
  for (std::size_t i = 0; i < width; ++i) {
    const std::vector<float> samples = mended(columns[i], reach, paint);
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
