// SPDX-License-Identifier: Apache-2.0
// What lies between a crop's resolution and the frame's: noise, or detail that must stay?
#include <algorithm>
#include <cmath>
#include <vector>

#include "component_view.h"
#include "image/colour_conversion.h"
#include "image/grain.h"
#include "mask_geometry.h"
#include "placed_field.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

/// For RGB green alone: it is most of luma.
int luma_component(const FrameFacts& facts) {
  return facts.layout.family == ColourFamily::kRgb ? 1 : 0;
}

SampleSource luma_source(const RgbViewF& crop, const ColourConversion& colour, int component) {
  SampleSource source;
  source.width = crop.width;
  source.height = crop.height;
  source.load = [crop, colour, component](int x, int y, int count, float* samples) {
    const float* rgb = crop.samples + y * crop.row_stride + std::ptrdiff_t{3} * x;
    const double* weights = colour.code_from_rgb.data() + std::ptrdiff_t{3} * component;
    for (int i = 0; i < count; ++i, rgb += 3) {
      samples[i] = static_cast<float>(colour.black[static_cast<std::size_t>(component)] + weights[0] * rgb[0] +
                                      weights[1] * rgb[1] + weights[2] * rgb[2]);
    }
  };
  return source;
}

/// Mean square of frame − crop where the mask is nearly 1, luma 0..1. Every third row is enough.
double variance_above_crop(const Frame& frame, const Affine& frame_to_crop, const RgbViewF& crop,
                           const MaskImage& mask) {
  const int component = luma_component(frame.facts());
  const ComponentView view = view_component(frame, component);
  const ColourConversion colour = colour_conversion(frame.facts());
  const SampleBox region = samples_within(box_of_mask(mask), frame_to_crop, view.width, view.height);
  if (region.is_empty()) return 0;
  const PlacedField seen = place_field(luma_source(crop, colour, component), frame_to_crop, region);
  std::vector<float> coarse(static_cast<std::size_t>(region.width()));
  std::vector<float> codes(coarse.size());
  double sum = 0;
  int count = 0;
  for (int y = region.top; y < region.bottom; y += 3) {
    seen.sample(y, region.left, region.right, coarse.data());
    load_samples(view, region.left, y, region.width(), codes.data());
    for_places(frame_to_crop, y, region.left, region.right, [&](int i, double x_in_crop, double y_in_crop) {
      if (nearest_weight(mask, x_in_crop, y_in_crop) < 0.9F) return;
      const double difference = codes[i] - coarse[i];
      sum += difference * difference;
      ++count;
    });
  }
  const double range = colour.legal[0].highest - colour.legal[0].lowest;
  return count > 0 ? sum / count / (range * range) : 0;
}

}  // namespace

double fine_noise_share(const Frame& frame, const Affine& frame_to_crop, const RgbViewF& crop, const MaskImage& mask,
                        const GrainModel& face) {
  if (crop.width != mask.width || crop.height != mask.height) {
    throw Error(ExitCode::kInternal, "a crop and its mask must have the same size");
  }
  const double crop_density = std::sqrt(std::fabs(frame_to_crop.determinant()));  // crop pixels for each of the frame's
  if (face.is_empty() || crop_density >= 1 || box_of_mask(mask).is_empty()) return 0;
  const double above = variance_above_crop(frame, frame_to_crop, crop, mask);
  if (!(above > 0)) return 0;
  double variance = 0;
  for (const float sigma : face.sigma) variance += sigma * sigma / GrainModel::kLevels;
  const double expected = variance * (1 - crop_density * crop_density) * (1 - face.correlation);
  return std::clamp(expected / above, 0.0, 1.0);
}

}  // namespace reelface
