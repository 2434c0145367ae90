#include "crop_resampling.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core/hal/intrin.hpp>

#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr int kMargin = 2;  // pixels that the cubic's taps reach beyond the edge

/// How much the samples −1, 0, 1, 2 around a place count that lies `t` behind sample 0.
struct CubicWeights {
  explicit CubicWeights(float t) {
    constexpr float kSharpness = -0.75F;
    const float from_first = t + 1, to_third = 1 - t;
    first = ((kSharpness * from_first - 5 * kSharpness) * from_first + 8 * kSharpness) * from_first - 4 * kSharpness;
    second = ((kSharpness + 2) * t - (kSharpness + 3)) * t * t + 1;
    third = ((kSharpness + 2) * to_third - (kSharpness + 3)) * to_third * to_third + 1;
    fourth = 1 - first - second - third;
  }

  /// Four floats at once: the channels of a pixel, and what lies behind them and is not used.
  cv::v_float32x4 of(const float* samples, int channels) const {
    return cv::v_fma(cv::v_setall_f32(first), cv::v_load(samples - channels),
                     cv::v_fma(cv::v_setall_f32(second), cv::v_load(samples),
                               cv::v_fma(cv::v_setall_f32(third), cv::v_load(samples + channels),
                                         cv::v_setall_f32(fourth) * cv::v_load(samples + 2 * channels))));
  }

  float first, second, third, fourth;
};

template <int channels>
cv::v_float32x4 cubic(const float* samples, std::ptrdiff_t stride, float x, float y) {
  const CubicWeights across(x), down(y);
  return cv::v_fma(cv::v_setall_f32(down.first), across.of(samples - stride, channels),
                   cv::v_fma(cv::v_setall_f32(down.second), across.of(samples, channels),
                             cv::v_fma(cv::v_setall_f32(down.third), across.of(samples + stride, channels),
                                       cv::v_setall_f32(down.fourth) * across.of(samples + 2 * stride, channels))));
}

template <int channels>
cv::v_float32x4 linear(const float* samples, std::ptrdiff_t stride, float x, float y) {
  const cv::v_float32x4 share_x = cv::v_setall_f32(x), share_y = cv::v_setall_f32(y);
  const cv::v_float32x4 upper_left = cv::v_load(samples), lower_left = cv::v_load(samples + stride);
  const cv::v_float32x4 upper = cv::v_fma(share_x, cv::v_load(samples + channels) - upper_left, upper_left);
  const cv::v_float32x4 lower = cv::v_fma(share_x, cv::v_load(samples + stride + channels) - lower_left, lower_left);
  return cv::v_fma(share_y, lower - upper, upper);
}

template <int channels, Resampling resampling>
void read_row(const cv::Mat& padded, const cv::Vec2f* offsets, int row, int width, int height, float* results) {
  const auto stride = static_cast<std::ptrdiff_t>(padded.step1());
  const float* const origin = padded.ptr<float>(kMargin) + kMargin * channels;
  for (int column = 0; column < width; ++column, results += channels) {
    const float x = std::clamp(static_cast<float>(column) + offsets[column][0], 0.0F, static_cast<float>(width - 1));
    const float y = std::clamp(static_cast<float>(row) + offsets[column][1], 0.0F, static_cast<float>(height - 1));
    const int left = static_cast<int>(x), top = static_cast<int>(y);
    const float* const samples = origin + top * stride + std::ptrdiff_t{channels} * left;
    const float behind = x - static_cast<float>(left), below = y - static_cast<float>(top);
    const cv::v_float32x4 value = resampling == Resampling::kCubic ? cubic<channels>(samples, stride, behind, below)
                                                                   : linear<channels>(samples, stride, behind, below);
    if (column + 4 <= width) {
      cv::v_store(results, value);  // the next pixels' places are written over
    } else {
      float last[4];
      cv::v_store(last, value);
      std::copy_n(last, channels, results);
    }
  }
}

template <int channels>
void read_all(const cv::Mat& padded, const cv::Mat& offsets, Resampling resampling, cv::Mat& result) {
  for (int row = 0; row < result.rows; ++row) {
    const auto* offset = offsets.ptr<cv::Vec2f>(row);
    auto* values = result.ptr<float>(row);
    if (resampling == Resampling::kCubic) {
      read_row<channels, Resampling::kCubic>(padded, offset, row, result.cols, result.rows, values);
    } else {
      read_row<channels, Resampling::kLinear>(padded, offset, row, result.cols, result.rows, values);
    }
  }
}

}  // namespace

cv::Mat read_at_offsets(const cv::Mat& there, const cv::Mat& offsets, Resampling resampling) {
  if (there.depth() != CV_32F || offsets.type() != CV_32FC2 || there.size() != offsets.size()) {
    throw Error(ExitCode::kInternal, "crop resampling: offsets of another size, or samples of another kind");
  }
  // Two pixels more to the right than the taps need: the last loads of a row read four floats whatever the channels.
  cv::Mat padded;
  cv::copyMakeBorder(there, padded, kMargin, kMargin + 1, kMargin, kMargin + 3, cv::BORDER_REPLICATE);
  cv::Mat result(there.size(), there.type());
  switch (there.channels()) {
    case 1:
      read_all<1>(padded, offsets, resampling, result);
      break;
    case 2:
      read_all<2>(padded, offsets, resampling, result);
      break;
    case 3:
      read_all<3>(padded, offsets, resampling, result);
      break;
    default:
      throw Error(ExitCode::kInternal, "crop resampling: one to three channels");
  }
  return result;
}

}  // namespace reelface
