// SPDX-License-Identifier: Apache-2.0
#include "film/shifted_frame.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "image/component_view.h"

namespace reelface {
namespace {

constexpr int kTaps = 8;
constexpr double kHalf = kTaps / 2.0;
using Taps = std::array<float, kTaps>;

/// A shift along one axis: whole samples, and a filter for the rest. Result i is made of source samples
/// i + first … i + first + kTaps − 1.
struct AxisShift {
  int first = 0;
  Taps taps{};
};

double sinc(double x) {
  return x == 0 ? 1 : std::sin(CV_PI * x) / (CV_PI * x);
}

AxisShift axis_shift(double shift) {
  const double source = -shift;  // of result 0
  const double whole = std::floor(source);
  AxisShift axis{static_cast<int>(whole) - kTaps / 2 + 1, {}};
  double sum = 0;
  std::array<double, kTaps> weights{};
  for (int i = 0; i < kTaps; ++i) {
    const double distance = source - (axis.first + i);
    weights[i] = std::abs(distance) < kHalf ? sinc(distance) * sinc(distance / kHalf) : 0;
    sum += weights[i];
  }
  for (int i = 0; i < kTaps; ++i) axis.taps[i] = static_cast<float>(weights[i] / sum);
  return axis;
}

/// Index of a place outside a line of `count` samples, mirrored about its first and last sample.
int mirrored(int index, int count) {
  if (count == 1) return 0;
  const int period = 2 * (count - 1);
  index = ((index % period) + period) % period;
  return index < count ? index : period - index;
}

/// One component shifted: rows first, each once, then columns.
class ComponentShift {
 public:
  ComponentShift(const ComponentView& from, AxisShift across, AxisShift down)
      : from_(from), across_(across), down_(down), padded_(from.width + kTaps), rows_(kTaps), sum_(from.width) {}

  void write(const ComponentView& to) {
    for (int y = 0; y < from_.height; ++y) {
      std::fill(sum_.begin(), sum_.end(), 0.0F);
      for (int tap = 0; tap < kTaps; ++tap) {
        if (down_.taps[tap] == 0) continue;
        const std::vector<float>& row = row_at(mirrored(y + down_.first + tap, from_.height));
        for (int x = 0; x < from_.width; ++x) sum_[x] += down_.taps[tap] * row[x];
      }
      store_samples(to, 0, y, from_.width, sum_.data());
    }
  }

 private:
  struct KeptRow {
    int y = -1;
    std::vector<float> samples;
  };

  /// A source row shifted across. Neighbouring results need the same rows, so the last ones are kept.
  const std::vector<float>& row_at(int y) {
    KeptRow& kept = rows_[static_cast<std::size_t>(y) % rows_.size()];
    if (kept.y == y) return kept.samples;
    kept.y = y;
    kept.samples.resize(from_.width);
    load_padded(y);
    for (int x = 0; x < from_.width; ++x) {
      float value = 0;
      for (int tap = 0; tap < kTaps; ++tap) value += across_.taps[tap] * padded_[x + tap];
      kept.samples[x] = value;
    }
    return kept.samples;
  }

  /// The samples that the filter reads for a row, from the first tap of the first result on.
  void load_padded(int y) {
    const int width = from_.width;
    line_.resize(width);
    load_samples(from_, 0, y, width, line_.data());
    for (int i = 0; i < width + kTaps; ++i) {
      const int x = i + across_.first;
      padded_[i] = x >= 0 && x < width ? line_[x] : line_[mirrored(x, width)];
    }
  }

  ComponentView from_;
  AxisShift across_, down_;
  std::vector<float> line_, padded_;
  std::vector<KeptRow> rows_;
  std::vector<float> sum_;
};

}  // namespace

namespace {

bool is_colour(const PixelLayout& layout, int component) {
  return layout.family == ColourFamily::kYuv && (component == 1 || component == 2);
}

template <class Wanted>
Frame with_shifted(const Frame& frame, cv::Point2d shift, Wanted is_wanted) {
  Frame result = frame.share();
  result.make_writable();
  const PixelLayout& layout = frame.facts().layout;
  for (int component = 0; component < layout.component_count; ++component) {
    if (!is_wanted(component)) continue;
    const double scale_x = is_colour(layout, component) ? 1.0 / (1 << layout.chroma_shift_x) : 1;
    const double scale_y = is_colour(layout, component) ? 1.0 / (1 << layout.chroma_shift_y) : 1;
    ComponentShift(view_component(frame, component), axis_shift(shift.x * scale_x), axis_shift(shift.y * scale_y))
        .write(view_component(result, component));
  }
  return result;
}

}  // namespace

Frame shifted_frame(const Frame& frame, cv::Point2d shift) {
  return with_shifted(frame, shift, [](int) { return true; });
}

Frame with_shifted_colours(const Frame& frame, cv::Point2d shift) {
  return with_shifted(frame, shift, [&](int component) { return is_colour(frame.facts().layout, component); });
}

}  // namespace reelface
