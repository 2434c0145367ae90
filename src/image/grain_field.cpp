// SPDX-License-Identifier: Apache-2.0
// Making noise and adding it; measuring it is in grain.cpp.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "component_view.h"
#include "image/colour_conversion.h"
#include "image/grain.h"
#include "mask_geometry.h"

namespace reelface {
namespace {

constexpr int kRadius = 2;

/// Noise for single samples: the sum of four random bytes is close to a bell, and costs one hash.
class WhiteNoise {
 public:
  explicit WhiteNoise(std::uint64_t seed)
      : low_(static_cast<std::uint32_t>(seed)), high_(static_cast<std::uint32_t>(seed >> 32)) {}

  /// Mean 0, variance 1.
  float at(int x, int y) const {
    std::uint32_t value =
        (static_cast<std::uint32_t>(x) * 0x9E3779B1U) ^ (static_cast<std::uint32_t>(y) * 0x85EBCA77U) ^ low_;
    value ^= value >> 16;
    value *= 0x7FEB352DU;
    value ^= high_ ^ (value >> 15);
    value *= 0x846CA68BU;
    value ^= value >> 16;
    const auto sum = static_cast<int>((value & 0xFF) + ((value >> 8) & 0xFF) + ((value >> 16) & 0xFF) + (value >> 24));
    constexpr float kDeviation = 147.8F;  // of the sum of four bytes
    return static_cast<float>(sum - 510) * (1 / kDeviation);
  }

 private:
  std::uint32_t low_;
  std::uint32_t high_;
};

/// Five weights whose blur gives neighbours this correlation and leaves the variance 1.
std::array<float, 2 * kRadius + 1> correlating_kernel(double correlation) {
  std::array<float, 2 * kRadius + 1> kernel{};
  kernel[kRadius] = 1;
  if (correlation < 1e-3) return kernel;
  const double sigma = 0.5 / std::sqrt(-std::log(std::min(correlation, 0.8)));
  double power = 0;
  for (int k = -kRadius; k <= kRadius; ++k) power += std::exp(-k * k / (sigma * sigma));
  for (int k = -kRadius; k <= kRadius; ++k)
    kernel[k + kRadius] = static_cast<float>(std::exp(-k * k / (2 * sigma * sigma)) / std::sqrt(power));
  return kernel;
}

/// Rows of correlated noise over a part of the picture; the same place always has the same noise.
class GrainField {
 public:
  GrainField(const SampleBox& box, double correlation, std::uint64_t seed)
      : box_(box), kernel_(correlating_kernel(correlation)), noise_(seed) {
    for (auto& row : across_) row.resize(static_cast<std::size_t>(box.width()));
    for (int y = box.top - kRadius; y < box.top + kRadius; ++y) fill(y);
  }

  /// To be called for one row after the other.
  void next_row(int y, float* results) {
    fill(y + kRadius);
    std::fill_n(results, box_.width(), 0.0F);
    for (int k = -kRadius; k <= kRadius; ++k) {
      const float weight = kernel_[k + kRadius];
      const float* row = row_at(y + k).data();
      for (int i = 0; i < box_.width(); ++i) results[i] += weight * row[i];
    }
  }

 private:
  std::vector<float>& row_at(int y) { return across_[static_cast<std::size_t>(y + (1 << 20)) % across_.size()]; }

  void fill(int y) {
    std::vector<float> white(static_cast<std::size_t>(box_.width()) + kernel_.size() - 1);
    for (std::size_t i = 0; i < white.size(); ++i) white[i] = noise_.at(box_.left - kRadius + static_cast<int>(i), y);
    std::vector<float>& row = row_at(y);
    std::fill(row.begin(), row.end(), 0.0F);
    for (int k = 0; k <= 2 * kRadius; ++k) {
      for (std::size_t i = 0; i < row.size(); ++i) row[i] += kernel_[k] * white[i + k];
    }
  }

  SampleBox box_;
  std::array<float, 2 * kRadius + 1> kernel_;
  WhiteNoise noise_;
  std::array<std::vector<float>, 2 * kRadius + 1> across_;
};

/// Between two levels the strength is blended, so that no edge shows where a level ends.
float sigma_at(const GrainModel& grain, float level) {
  const float at = std::clamp(level * GrainModel::kLevels - 0.5F, 0.0F, GrainModel::kLevels - 1.0F);
  const int first = std::min(static_cast<int>(at), GrainModel::kLevels - 2);
  return grain.sigma[first] + (at - static_cast<float>(first)) * (grain.sigma[first + 1] - grain.sigma[first]);
}

}  // namespace

void add_grain(Frame& frame, const Affine& frame_to_crop, const MaskImage& mask, const GrainModel& grain,
               std::uint64_t seed) {
  const bool any = std::any_of(grain.sigma.begin(), grain.sigma.end(), [](float sigma) { return sigma > 0; });
  const SampleBox mask_box = box_of_mask(mask);
  if (!any || mask_box.is_empty()) return;
  const SampleBox box = samples_within(mask_box, frame_to_crop, frame.facts().width, frame.facts().height);
  if (box.is_empty()) return;
  require_editable(frame.facts());
  frame.make_writable();

  const ColourConversion colour = colour_conversion(frame.facts());
  const bool rgb = frame.facts().layout.family == ColourFamily::kRgb;
  std::vector<ComponentView> views = {view_component(frame, 0)};
  if (rgb) views.insert(views.end(), {view_component(frame, 1), view_component(frame, 2)});
  const ComponentView& luma = views[rgb ? 1 : 0];
  const auto black = static_cast<float>(colour.black[0]);
  const auto scale = static_cast<float>(colour.legal[0].highest - colour.legal[0].lowest);
  GrainField field(box, grain.correlation, seed);
  std::vector<float> noise(static_cast<std::size_t>(box.width()));
  std::vector<float> codes(noise.size());
  for (int y = box.top; y < box.bottom; ++y) {
    field.next_row(y, noise.data());
    load_samples(luma, box.left, y, box.width(), codes.data());
    for_places(frame_to_crop, y, box.left, box.right, [&](int i, double x_in_crop, double y_in_crop) {
      const float weight = nearest_weight(mask, x_in_crop, y_in_crop);
      noise[i] *= weight > 0 ? weight * scale * sigma_at(grain, (codes[i] - black) / scale) : 0;
    });
    for (const ComponentView& view : views)
      add_to_samples(view, box.left, y, box.width(), noise.data(), colour.legal[0]);
  }
}

}  // namespace reelface
