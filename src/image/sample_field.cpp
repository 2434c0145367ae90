// SPDX-License-Identifier: Apache-2.0
#include "sample_field.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <opencv2/core.hpp>
#include <opencv2/core/hal/intrin.hpp>

namespace reelface {
namespace {

// One cubic tap left of the place and two right of it, and one to spare for rounding.
constexpr int kTapReach = 3;
// Faces that fill an 8K frame are averaged by less; only a broken matrix asks for more.
constexpr int kLargestBlock = 64;

/// Averaging along one axis: blocks of whole samples first, a narrow bell for the remaining fraction after.
struct AxisFilter {
  int block = 1;
  double sigma = 0;  ///< in blocks
  int radius = 0;    ///< in blocks
};

AxisFilter axis_filter(double footprint) {
  AxisFilter filter;
  if (!(footprint > 1)) return filter;
  // Blocks are cheap but let the bands between their zeros through: they only start where the bell gets long.
  filter.block = std::max(1, static_cast<int>(std::min(footprint / 3, static_cast<double>(kLargestBlock))));
  // 0.4 of the distance between results: little is left above their band, and what is inside keeps its edge.
  constexpr double kBell = 0.4;
  const double block = filter.block;
  const double wanted = kBell * kBell * (footprint * footprint - 1);
  const double done = (block * block - 1) / 12;
  const double rest = std::min((wanted - done) / (block * block), 4.0);
  if (rest < 1e-3) return filter;
  filter.sigma = std::sqrt(rest);
  filter.radius = std::max(1, static_cast<int>(std::ceil(3 * filter.sigma)));
  return filter;
}

AxisFilter filter_along_x(const Affine& map) {
  return axis_filter(std::hypot(map.rows[0], map.rows[1]));
}
AxisFilter filter_along_y(const Affine& map) {
  return axis_filter(std::hypot(map.rows[3], map.rows[4]));
}

/// Source samples that are read along one axis, in whole blocks; `begin` may be negative.
struct Span {
  int begin = 0;
  int blocks = 0;
};

Span span_of(double lowest, double highest, int size, const AxisFilter& filter) {
  const int margin = filter.block * (filter.radius + kTapReach + 1);
  // Further out than the margin everything repeats, so the places are clamped there instead.
  const auto clamped = [&](double place) { return std::clamp(place, -1.0, static_cast<double>(size)); };
  const int begin = static_cast<int>(std::floor(clamped(lowest))) - margin;
  const int end = static_cast<int>(std::ceil(clamped(highest))) + margin + 1;
  return {begin, (end - begin + filter.block - 1) / filter.block};
}

void load_padded_row(const SampleSource& source, int x, int y, int count, float* samples) {
  if (source.outside && (y < 0 || y >= source.height)) return std::fill_n(samples, count, *source.outside), void();
  const int row = std::clamp(y, 0, source.height - 1);
  const int begin = std::clamp(x, 0, source.width - 1);
  const int end = std::clamp(x + count, begin + 1, source.width);
  source.load(begin, row, end - begin, samples + std::max(0, begin - x));
  float* const first = samples + std::clamp(begin - x, 0, count);
  float* const behind = samples + std::clamp(end - x, 0, count);
  std::fill(samples, first, source.outside.value_or(begin - x < count ? *first : 0.0F));
  std::fill(behind, samples + count, source.outside.value_or(end - x > 0 ? behind[-1] : 0.0F));
}

void average_blocks(const std::vector<float>& sums, int block, float factor, float* results, int count) {
  for (int i = 0; i < count; ++i) {
    float sum = 0;
    for (int k = 0; k < block; ++k) sum += sums[static_cast<std::size_t>(i) * block + k];
    results[i] = sum * factor;
  }
}

void fill_field(const SampleSource& source, const Span& columns, const Span& rows, int block_x, int block_y,
                SampleField& field) {
  const int count = columns.blocks * block_x;
  std::vector<float> row(static_cast<std::size_t>(count));
  std::vector<float> sums(static_cast<std::size_t>(count));
  const float factor = 1.0F / static_cast<float>(block_x * block_y);
  for (int j = 0; j < rows.blocks; ++j) {
    float* results = field.samples.get() + static_cast<std::size_t>(j) * field.width;
    if (block_x == 1 && block_y == 1) {
      load_padded_row(source, columns.begin, rows.begin + j, count, results);
      continue;
    }
    std::fill(sums.begin(), sums.end(), 0.0F);
    for (int k = 0; k < block_y; ++k) {
      load_padded_row(source, columns.begin, rows.begin + j * block_y + k, count, row.data());
      for (int i = 0; i < count; ++i) sums[i] += row[i];
    }
    average_blocks(sums, block_x, factor, results, columns.blocks);
  }
}

std::vector<float> bell(const AxisFilter& filter) {
  std::vector<float> weights;
  double total = 0;
  for (int k = -filter.radius; k <= filter.radius; ++k) total += std::exp(-k * k / (2 * filter.sigma * filter.sigma));
  for (int k = -filter.radius; k <= filter.radius; ++k) {
    weights.push_back(static_cast<float>(std::exp(-k * k / (2 * filter.sigma * filter.sigma)) / total));
  }
  return weights;
}

/// results[i] = Σ weights[k] · (rows[k][i]); the weights are symmetric, so pairs share a product.
void weigh_rows(const std::vector<float>& weights, const std::vector<const float*>& rows, int count,
                float* __restrict results) {
  const std::size_t middle = weights.size() / 2;
  for (int i = 0; i < count; ++i) results[i] = weights[middle] * rows[middle][i];
  for (std::size_t k = 0; k < middle; ++k) {
    const float* above = rows[k];
    const float* below = rows[weights.size() - 1 - k];
    const float weight = weights[k];
    for (int i = 0; i < count; ++i) results[i] += weight * (above[i] + below[i]);
  }
}

void blur_along_x(SampleField& field, const AxisFilter& filter) {
  if (filter.radius == 0) return;
  const std::vector<float> weights = bell(filter);
  std::vector<float> padded(static_cast<std::size_t>(field.width) + weights.size() - 1);
  std::vector<const float*> shifted(weights.size());
  for (std::size_t k = 0; k < weights.size(); ++k) shifted[k] = padded.data() + k;
  for (int y = 0; y < field.height; ++y) {
    float* row = field.samples.get() + static_cast<std::size_t>(y) * field.width;
    std::fill_n(padded.begin(), filter.radius, row[0]);
    std::copy_n(row, field.width, padded.begin() + filter.radius);
    std::fill_n(padded.end() - filter.radius, filter.radius, row[field.width - 1]);
    weigh_rows(weights, shifted, field.width, row);
  }
}

void blur_along_y(SampleField& field, const AxisFilter& filter) {
  if (filter.radius == 0) return;
  const std::vector<float> weights = bell(filter);
  // The rows above are overwritten while they are still needed: as many as the bell is high are kept aside.
  const auto width = static_cast<std::size_t>(field.width);
  const int kept_count = filter.radius + 1;
  std::vector<float> kept(width * static_cast<std::size_t>(kept_count));
  std::vector<const float*> rows(weights.size());
  for (int y = 0; y < field.height; ++y) {
    float* row = field.samples.get() + width * static_cast<std::size_t>(y);
    std::copy_n(row, width, kept.data() + width * static_cast<std::size_t>(y % kept_count));
    for (std::size_t k = 0; k < rows.size(); ++k) {
      const int wanted = std::clamp(y + static_cast<int>(k) - filter.radius, 0, field.height - 1);
      rows[k] = wanted <= y ? kept.data() + width * static_cast<std::size_t>(wanted % kept_count)
                            : field.samples.get() + width * static_cast<std::size_t>(wanted);
    }
    weigh_rows(weights, rows, field.width, row);
  }
}

/// Cubic convolution's four weights for 1024 fractions of a sample: a place is never off by more than a 2048th.
class CubicTable {
 public:
  static constexpr int kBits = 10;

  CubicTable() {
    for (int phase = 0; phase < 1 << kBits; ++phase) {
      const double t = std::ldexp(static_cast<double>(phase), -kBits);
      float* weights = weights_.data() + std::ptrdiff_t{4} * phase;
      weights[0] = static_cast<float>(((-0.5 * t + 1) * t - 0.5) * t);
      weights[1] = static_cast<float>((1.5 * t - 2.5) * t * t + 1);
      weights[2] = static_cast<float>(((-1.5 * t + 2) * t + 0.5) * t);
      weights[3] = static_cast<float>((0.5 * t - 0.5) * t * t);
    }
  }

  const float* weights() const { return weights_.data(); }

 private:
  alignas(64) std::array<float, std::size_t{4} << kBits> weights_{};
};

const CubicTable& cubic_table() {
  static const CubicTable table;
  return table;
}

/// A place on one axis in 32.32 fixed point: steps add up without any drift, the same on every machine.
using FixedPoint = std::int64_t;

/// Beyond `largest` all is padding; the limits keep sums of places and steps far from the end of 64 bits.
FixedPoint fixed_point(double value, double largest) {
  return static_cast<FixedPoint>(std::llround(std::ldexp(std::clamp(value, -largest, largest), 32)));
}

constexpr double kLargestPlace = 1 << 29;
constexpr double kLargestStep = 1 << 14;

/// Samples places that follow each other on a line through a field.
class LineSampler {
 public:
  LineSampler(const SampleField& field, const Affine& result_to_field, int y, int first)
      : samples_(field.samples.get()),
        stride_(field.width),
        weights_(cubic_table().weights()),
        highest_x_((FixedPoint{field.width} - 3) << 32),
        highest_y_((FixedPoint{field.height} - 3) << 32) {
    const auto& m = result_to_field.rows;
    step_x_ = fixed_point(m[0], kLargestStep);
    step_y_ = fixed_point(m[3], kLargestStep);
    // Half a phase more, so that cutting off the rest rounds to the nearest.
    const FixedPoint half = FixedPoint{1} << (31 - CubicTable::kBits);
    place_x_ = fixed_point(m[0] * first + m[1] * y + m[2], kLargestPlace) + half;
    place_y_ = fixed_point(m[3] * first + m[4] * y + m[5], kLargestPlace) + half;
  }

  /// Whether all taps of this place and of the one `count - 1` further exist, and so those of all between.
  bool is_inside(int count) const {
    return is_inside(place_x_, place_y_) &&
           is_inside(place_x_ + (count - 1) * step_x_, place_y_ + (count - 1) * step_y_);
  }

  /// The four weighted columns of the next place; their sum is the result.
  template <bool kClamped>
  cv::v_float32x4 next_columns() {
    FixedPoint x = place_x_;
    FixedPoint y = place_y_;
    if (kClamped) {
      // What is further out equals the padding's edge.
      x = std::min(std::max(x, kLowest), highest_x_);
      y = std::min(std::max(y, kLowest), highest_y_);
    }
    place_x_ += step_x_;
    place_y_ += step_y_;
    const float* taps = samples_ + ((y >> 32) - 1) * stride_ + (x >> 32) - 1;
    const float* across = weights_of(x);
    const float* down = weights_of(y);
    return cv::v_load_aligned(across) *
           (cv::v_setall_f32(down[0]) * cv::v_load(taps) + cv::v_setall_f32(down[1]) * cv::v_load(taps + stride_) +
            cv::v_setall_f32(down[2]) * cv::v_load(taps + 2 * stride_) +
            cv::v_setall_f32(down[3]) * cv::v_load(taps + 3 * stride_));
  }

 private:
  static constexpr FixedPoint kLowest = FixedPoint{1} << 32;

  bool is_inside(FixedPoint x, FixedPoint y) const {
    return x >= kLowest && x <= highest_x_ && y >= kLowest && y <= highest_y_;
  }

  const float* weights_of(FixedPoint place) const {
    return weights_ + std::size_t{4} * (static_cast<std::uint32_t>(place) >> (32 - CubicTable::kBits));
  }

  const float* samples_;
  std::ptrdiff_t stride_;
  const float* weights_;
  FixedPoint highest_x_;
  FixedPoint highest_y_;
  FixedPoint step_x_ = 0;
  FixedPoint step_y_ = 0;
  FixedPoint place_x_ = 0;
  FixedPoint place_y_ = 0;
};

template <bool kClamped>
void sample_line(LineSampler line, int count, float* results, int step) {
  int x = 0;
  for (; x + 4 <= count; x += 4, results += std::ptrdiff_t{4} * step) {
    const cv::v_float32x4 a = line.next_columns<kClamped>();
    const cv::v_float32x4 b = line.next_columns<kClamped>();
    const cv::v_float32x4 c = line.next_columns<kClamped>();
    const cv::v_float32x4 d = line.next_columns<kClamped>();
    const cv::v_float32x4 sums = cv::v_reduce_sum4(a, b, c, d);
    if (step == 1) {
      cv::v_store(results, sums);
    } else {
      alignas(16) std::array<float, 4> apart;
      cv::v_store_aligned(apart.data(), sums);
      for (int k = 0; k < 4; ++k) results[std::ptrdiff_t{k} * step] = apart[k];
    }
  }
  // The same sum in the same order, so that a result does not depend on where its row begins.
  for (; x < count; ++x, results += step) {
    const cv::v_float32x4 a = line.next_columns<kClamped>();
    *results = cv::v_reduce_sum4(a, a, a, a).get0();
  }
}

}  // namespace

SampleField prepare_field(const SampleSource& source, const Affine& result_to_source, int result_width,
                          int result_height) {
  double low_x = HUGE_VAL;
  double low_y = HUGE_VAL;
  double high_x = -HUGE_VAL;
  double high_y = -HUGE_VAL;
  for (const Position corner : {Position{0, 0}, Position{result_width - 1.0, 0}, Position{0, result_height - 1.0},
                                Position{result_width - 1.0, result_height - 1.0}}) {
    const Position place = result_to_source.apply(corner);
    low_x = std::min(low_x, place.x);
    high_x = std::max(high_x, place.x);
    low_y = std::min(low_y, place.y);
    high_y = std::max(high_y, place.y);
  }
  const AxisFilter along_x = filter_along_x(result_to_source);
  const AxisFilter along_y = filter_along_y(result_to_source);
  const Span columns = span_of(low_x, high_x, source.width, along_x);
  const Span rows = span_of(low_y, high_y, source.height, along_y);

  SampleField field;
  field.width = columns.blocks;
  field.height = rows.blocks;
  field.samples.reset(new float[static_cast<std::size_t>(field.width) * field.height]);
  const auto middle = [](int begin, int block) { return -(begin + (block - 1) / 2.0) / block; };
  field.from_source = Affine::scale_and_move(1.0 / along_x.block, 1.0 / along_y.block,
                                             middle(columns.begin, along_x.block), middle(rows.begin, along_y.block));
  fill_field(source, columns, rows, along_x.block, along_y.block, field);
  blur_along_x(field, along_x);
  blur_along_y(field, along_y);
  return field;
}

FilterReach filter_reach(const Affine& result_to_source) {
  const auto reach = [](const AxisFilter& filter) { return filter.block * (filter.radius + kTapReach); };
  return {reach(filter_along_x(result_to_source)), reach(filter_along_y(result_to_source))};
}

void sample_row(const SampleField& field, const Affine& result_to_field, int y, int first, int last, float* results,
                int result_step) {
  if (last <= first) return;
  const LineSampler line(field, result_to_field, y, first);
  if (line.is_inside(last - first)) {
    sample_line<false>(line, last - first, results, result_step);
  } else {
    sample_line<true>(line, last - first, results, result_step);
  }
}

}  // namespace reelface
