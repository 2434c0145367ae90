// SPDX-License-Identifier: Apache-2.0
#include "image/crop.h"

#include <array>
#include <opencv2/core.hpp>
#include <opencv2/core/hal/intrin.hpp>
#include <optional>
#include <string>
#include <vector>

#include "component_view.h"
#include "image/colour_conversion.h"
#include "reelface/core/error.h"
#include "sample_field.h"

namespace reelface {
namespace {

// GFPGAN's border, as red, green, blue.
constexpr std::array<double, 3> kGfpganGray = {132 / 255.0, 133 / 255.0, 135 / 255.0};
constexpr int kLargestCrop = 1 << 13;

/// Puts one component's code values into its channel of the crop.
void sample_component(const Frame& frame, int component, const Affine& crop_to_frame, std::optional<float> outside,
                      RgbImageF& crop) {
  const ComponentView view = view_component(frame, component);
  SampleSource source;
  source.width = view.width;
  source.height = view.height;
  source.load = [&view](int x, int y, int count, float* samples) { load_samples(view, x, y, count, samples); };
  source.outside = outside;
  const Affine crop_to_component = chain(crop_to_frame, frame_to_component(frame.facts(), component));
  const SampleField field = prepare_field(source, crop_to_component, crop.width, crop.height);
  const Affine crop_to_field = chain(crop_to_component, field.from_source);
  for (int y = 0; y < crop.height; ++y) {
    float* row = crop.samples.data() + std::ptrdiff_t{3} * crop.width * y + component;
    sample_row(field, crop_to_field, y, 0, crop.width, row, 3);
  }
}

/// Turns code values into RGB where they are.
class CodeConverter {
 public:
  explicit CodeConverter(const ColourConversion& colour) {
    for (int row = 0; row < 3; ++row) {
      double shift = 0;
      for (int column = 0; column < 3; ++column) {
        const double factor = column < colour.component_count ? colour.rgb_from_code[3 * row + column] : 0;
        factors_[3 * row + column] = static_cast<float>(factor);
        shift -= factor * colour.black[column];
      }
      shifts_[row] = static_cast<float>(shift);
    }
  }

  void convert(std::vector<float>& samples) const {
    float* at = samples.data();
    float* const end = at + samples.size();
    for (; at + 12 <= end; at += 12) {
      cv::v_float32x4 codes[3];
      cv::v_float32x4 rgb[3];
      cv::v_load_deinterleave(at, codes[0], codes[1], codes[2]);
      for (int row = 0; row < 3; ++row) {
        const float* factors = factors_.data() + std::ptrdiff_t{3} * row;
        rgb[row] = codes[0] * cv::v_setall_f32(factors[0]) + codes[1] * cv::v_setall_f32(factors[1]) +
                   codes[2] * cv::v_setall_f32(factors[2]) + cv::v_setall_f32(shifts_[row]);
      }
      cv::v_store_interleave(at, rgb[0], rgb[1], rgb[2]);
    }
    for (; at < end; at += 3) {
      const std::array<float, 3> codes = {at[0], at[1], at[2]};
      for (int row = 0; row < 3; ++row) {
        const float* factors = factors_.data() + std::ptrdiff_t{3} * row;
        at[row] = codes[0] * factors[0] + codes[1] * factors[1] + codes[2] * factors[2] + shifts_[row];
      }
    }
  }

 private:
  std::array<float, 9> factors_{};
  std::array<float, 3> shifts_{};
};

}  // namespace

RgbImageF extract_crop(const Frame& frame, const Affine& frame_to_crop, int size, CropBorder border) {
  if (size < 1 || size > kLargestCrop)
    throw Error(ExitCode::kInternal, "a crop cannot have " + std::to_string(size) + " pixels a side");
  const Affine crop_to_frame = frame_to_crop.inverse();
  const ColourConversion colour = colour_conversion(frame.facts());
  const std::array<double, 3> outside = colour.code(kGfpganGray);
  RgbImageF crop(size, size);
  for (int index = 0; index < colour.component_count; ++index) {
    const bool constant = border == CropBorder::kGfpganGray;
    sample_component(frame, index, crop_to_frame,
                     constant ? std::optional<float>(static_cast<float>(outside[index])) : std::nullopt, crop);
  }
  CodeConverter(colour).convert(crop.samples);
  return crop;
}

}  // namespace reelface
