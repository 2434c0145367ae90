// SPDX-License-Identifier: Apache-2.0
#include "reelface/image/paste.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <opencv2/core.hpp>
#include <opencv2/core/hal/intrin.hpp>
#include <vector>

#include "component_view.h"
#include "image/colour_conversion.h"
#include "mask_geometry.h"
#include "placed_field.h"
#include "reelface/core/error.h"
#include "sample_field.h"

namespace reelface {
namespace {

/// One component's share of an RGB difference or value.
struct Weights {
  float red;
  float green;
  float blue;
};

/// results[i] = Σ weight · (value − other) over the channels, times the mask.
void weigh_difference(const float* value, const float* other, const float* mask, const Weights& weights, int count,
                      float* results) {
  const cv::v_float32x4 red = cv::v_setall_f32(weights.red);
  const cv::v_float32x4 green = cv::v_setall_f32(weights.green);
  const cv::v_float32x4 blue = cv::v_setall_f32(weights.blue);
  int i = 0;
  for (; i + 4 <= count; i += 4) {
    cv::v_float32x4 a[3];
    cv::v_float32x4 b[3];
    cv::v_load_deinterleave(value + std::ptrdiff_t{3} * i, a[0], a[1], a[2]);
    cv::v_load_deinterleave(other + std::ptrdiff_t{3} * i, b[0], b[1], b[2]);
    const cv::v_float32x4 sum = red * (a[0] - b[0]) + green * (a[1] - b[1]) + blue * (a[2] - b[2]);
    cv::v_store(results + i, sum * cv::v_load(mask + i));
  }
  for (; i < count; ++i) {
    const float* a = value + std::ptrdiff_t{3} * i;
    const float* b = other + std::ptrdiff_t{3} * i;
    results[i] = (weights.red * (a[0] - b[0]) + weights.green * (a[1] - b[1]) + weights.blue * (a[2] - b[2])) * mask[i];
  }
}

bool is_all_zero(const SampleField& field) {
  const float* samples = field.samples.get();
  return std::all_of(samples, samples + static_cast<std::size_t>(field.width) * field.height,
                     [](float value) { return value == 0; });
}

/// Pastes one component after the other.
class Paster {
 public:
  Paster(Frame& frame, const Affine& frame_to_crop, const RestoredFace& face, const PasteOptions& options)
      : frame_(frame),
        frame_to_crop_(frame_to_crop),
        face_(face),
        options_(options),
        colour_(colour_conversion(frame.facts())),
        mask_box_(box_of_mask(face.mask)) {}

  void paste_all() {
    if (mask_box_.is_empty() || !(options_.strength > 0)) return;
    const bool chroma = !(options_.luma_only && frame_.facts().layout.family == ColourFamily::kYuv);
    for (int index = 0; index < (chroma ? colour_.component_count : 1); ++index) paste_component(index);
  }

 private:
  void paste_component(int component) {
    const Affine component_to_crop = chain(frame_to_component(frame_.facts(), component).inverse(), frame_to_crop_);
    const SampleBox region = samples_within(mask_box_, component_to_crop, component_width(frame_.facts(), component),
                                            component_height(frame_.facts(), component));
    if (region.is_empty()) return;
    const PlacedField difference = place_field(difference_source(component), component_to_crop, region);
    // Also what keeps the noise removal from working on a face that was left alone.
    if (is_all_zero(difference.field)) return;
    frame_.make_writable();
    const ComponentView view = view_component(frame_, component);
    std::vector<float> row(static_cast<std::size_t>(region.right - region.left));
    const FineNoise noise =
        options_.fine_noise_removal > 0 ? FineNoise(*this, component, component_to_crop, region) : FineNoise();
    for (int y = region.top; y < region.bottom; ++y) {
      int first = region.left;
      int last = region.right;
      narrow_to_box(mask_box_, component_to_crop, y, first, last);
      if (first >= last) continue;
      difference.sample(y, first, last, row.data());
      noise.subtract(view, y, first, last, row.data());
      clear_outside(component_to_crop, y, first, last, row.data());
      add_to_samples(view, first, y, last - first, row.data(), colour_.legal[static_cast<std::size_t>(component)]);
    }
  }

  /// What lies between the crop's resolution and the frame's: noise of the input that the network never saw.
  class FineNoise {
   public:
    FineNoise() = default;
    FineNoise(const Paster& paster, int component, const Affine& component_to_crop, const SampleBox& region)
        : amount_(static_cast<float>(std::min(paster.options_.fine_noise_removal, 1.0) *
                                     std::min(paster.options_.strength, 1.0))),
          seen_(place_field(paster.crop_source(component), component_to_crop, region)),
          mask_(place_field(paster.mask_source(), component_to_crop, region)),
          rows_(std::size_t{3} * (region.right - region.left)) {}

    void subtract(const ComponentView& view, int y, int first, int last, float* differences) const {
      if (amount_ == 0) return;
      const int count = last - first;
      float* const seen = rows_.data();
      float* const mask = seen + count;
      float* const codes = mask + count;
      seen_.sample(y, first, last, seen);
      mask_.sample(y, first, last, mask);
      load_samples(view, first, y, count, codes);
      for (int i = 0; i < count; ++i) differences[i] -= amount_ * mask[i] * (codes[i] - seen[i]);
    }

   private:
    float amount_ = 0;
    PlacedField seen_;
    PlacedField mask_;
    mutable std::vector<float> rows_;  // scratch
  };

  Weights weights_of(int component, double factor) const {
    const double* const code_from_rgb = colour_.code_from_rgb.data() + std::ptrdiff_t{3} * component;
    std::array<double, 3> weights{};
    for (std::size_t channel = 0; channel < 3; ++channel) weights[channel] = factor * code_from_rgb[channel];
    if (options_.luma_only && frame_.facts().layout.family == ColourFamily::kRgb) {
      const double scale = factor * code_from_rgb[component];
      weights = {0.299 * scale, 0.587 * scale, 0.114 * scale};
    }
    return {static_cast<float>(weights[0]), static_cast<float>(weights[1]), static_cast<float>(weights[2])};
  }

  SampleSource source_of(std::function<void(int, int, int, float*)> load) const {
    return {face_.mask.width, face_.mask.height, std::move(load), 0.0F};
  }

  const float* mask_at(int x, int y) const {
    return face_.mask.weights.data() + std::ptrdiff_t{y} * face_.mask.width + x;
  }

  static const float* pixel(const RgbViewF& view, int x, int y) {
    return view.samples + y * view.row_stride + std::ptrdiff_t{3} * x;
  }

  SampleSource difference_source(int component) const {
    const Weights weights = weights_of(component, std::min(options_.strength, 1.0));
    return source_of([this, weights](int x, int y, int count, float* samples) {
      weigh_difference(pixel(face_.restored, x, y), pixel(face_.crop, x, y), mask_at(x, y), weights, count, samples);
    });
  }

  SampleSource mask_source() const {
    return source_of([this](int x, int y, int count, float* samples) { std::copy_n(mask_at(x, y), count, samples); });
  }

  SampleSource crop_source(int component) const {
    const Weights weights = weights_of(component, 1);
    const auto black = static_cast<float>(colour_.black[static_cast<std::size_t>(component)]);
    SampleSource source = source_of([this, weights, black](int x, int y, int count, float* samples) {
      const float* rgb = pixel(face_.crop, x, y);
      for (int i = 0; i < count; ++i, rgb += 3) {
        samples[i] = black + weights.red * rgb[0] + weights.green * rgb[1] + weights.blue * rgb[2];
      }
    });
    source.outside.reset();
    return source;
  }

  /// Filters reach a little beyond the mask; samples must not change there. Nor where a network gave no number.
  void clear_outside(const Affine& component_to_crop, int y, int first, int last, float* differences) const {
    for_places(component_to_crop, y, first, last, [&](int i, double x_in_crop, double y_in_crop) {
      if (!(nearest_weight(face_.mask, x_in_crop, y_in_crop) > 0) || !std::isfinite(differences[i])) differences[i] = 0;
    });
  }

  Frame& frame_;
  Affine frame_to_crop_;
  const RestoredFace& face_;
  PasteOptions options_;
  ColourConversion colour_;
  SampleBox mask_box_;
};

void require_same_size(const RestoredFace& face) {
  const auto fits = [&](const RgbViewF& view) {
    return view.width == face.mask.width && view.height == face.mask.height && view.samples != nullptr;
  };
  const auto weights = static_cast<std::size_t>(std::max(0, face.mask.width)) * std::max(0, face.mask.height);
  if (fits(face.crop) && fits(face.restored) && weights > 0 && face.mask.weights.size() == weights) return;
  throw Error(ExitCode::kInternal, "a crop, its restoration and its mask must have the same size");
}

}  // namespace

void paste(Frame& frame, const Affine& frame_to_crop, const RestoredFace& face, const PasteOptions& options) {
  require_editable(frame.facts());
  require_same_size(face);
  frame_to_crop.inverse();  // throws if the map is none
  Paster(frame, frame_to_crop, face, options).paste_all();
}

}  // namespace reelface
