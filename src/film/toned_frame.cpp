// SPDX-License-Identifier: Apache-2.0
#include "film/toned_frame.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "image/colour_conversion.h"
#include "image/component_view.h"

namespace reelface {
namespace {

constexpr double kDarkGrey = 10;
constexpr int kSampledEvery = 8;  // a mean needs no more

/// A place along a line of samples, −1 at its first and 1 at its last.
double place(int index, int count) {
  return count > 1 ? 2.0 * index / (count - 1) - 1 : 0;
}

/// Codes of a component that shows brightness, and greys of 0..255.
struct GreyScale {
  double black = 0;
  double codes_per_grey = 1;
};

GreyScale grey_scale(const ColourConversion& conversion, int component) {
  const CodeRange& range = conversion.legal[component];
  return {range.lowest, (range.highest - range.lowest) / 255};
}

/// What samples of each code lose by the curve alone; the plane of gain comes on top.
std::vector<float> losses_by_code(const ToneChange& tone, const GreyScale& scale, int depth) {
  ToneChange curve = tone;
  curve.across = curve.down = 0;
  std::vector<float> losses(std::size_t{1} << depth);
  for (std::size_t code = 0; code < losses.size(); ++code) {
    const double grey = (static_cast<double>(code) - scale.black) / scale.codes_per_grey;
    losses[code] = static_cast<float>(curve.at(grey, 0, 0) * scale.codes_per_grey);
  }
  return losses;
}

void take_back_brightness(const ComponentView& view, const ToneChange& tone, const GreyScale& scale,
                          const CodeRange& legal) {
  const std::vector<float> losses = losses_by_code(tone, scale, view.depth);
  std::vector<float> codes(view.width), differences(view.width);
  for (int y = 0; y < view.height; ++y) {
    load_samples(view, 0, y, view.width, codes.data());
    const double down = tone.down * place(y, view.height);
    for (int x = 0; x < view.width; ++x) {
      const double gain = tone.across * place(x, view.width) + down;
      const double above_black = std::max(0.0, codes[x] - scale.black);
      differences[x] = static_cast<float>(-losses[static_cast<std::size_t>(codes[x])] - gain * above_black);
    }
    add_to_samples(view, 0, y, view.width, differences.data(), legal);
  }
}

/// By how much each luma sample of a row will be multiplied.
void ratios_of_row(const ComponentView& luma, int y, const ToneChange& tone, const GreyScale& scale,
                   std::vector<float>& ratios) {
  load_samples(luma, 0, y, luma.width, ratios.data());
  for (int x = 0; x < luma.width; ++x) {
    // Near black a ratio says nothing any more; there it is that of a dark grey.
    const double grey = std::max(kDarkGrey, (ratios[x] - scale.black) / scale.codes_per_grey);
    const double loss = tone.at(grey, place(x, luma.width), place(y, luma.height));
    ratios[x] = static_cast<float>(std::clamp(1 - loss / grey, 0.7, 1.4));
  }
}

/// Before luma is changed.
void take_back_chroma(const Frame& frame, const ToneChange& tone, const ColourConversion& conversion) {
  const PixelLayout& layout = frame.facts().layout;
  const ComponentView luma = view_component(frame, 0), first = view_component(frame, 1);
  const GreyScale scale = grey_scale(conversion, 0);
  std::vector<float> ratios(luma.width), codes(first.width), differences(first.width);
  for (int y = 0; y < first.height; ++y) {
    ratios_of_row(luma, std::min(y << layout.chroma_shift_y, luma.height - 1), tone, scale, ratios);
    for (const int component : {1, 2}) {
      const ComponentView view = view_component(frame, component);
      load_samples(view, 0, y, view.width, codes.data());
      for (int x = 0; x < view.width; ++x) {
        const float ratio = ratios[std::min(x << layout.chroma_shift_x, luma.width - 1)];
        differences[x] = (ratio - 1) * (codes[x] - static_cast<float>(conversion.black[component]));
      }
      add_to_samples(view, 0, y, view.width, differences.data(), conversion.legal[component]);
    }
  }
}

}  // namespace

void take_back(Frame& frame, const ToneChange& tone) {
  const ColourConversion conversion = colour_conversion(frame.facts());
  const bool is_yuv = frame.facts().layout.family == ColourFamily::kYuv;
  if (is_yuv) take_back_chroma(frame, tone, conversion);
  const int bright_components = frame.facts().layout.family == ColourFamily::kRgb ? 3 : 1;
  for (int component = 0; component < bright_components; ++component) {
    take_back_brightness(view_component(frame, component), tone, grey_scale(conversion, component),
                         conversion.legal[component]);
  }
}

double mean_change(const Frame& frame, const ToneChange& tone) {
  const ComponentView view = view_component(frame, 0);
  const GreyScale scale = grey_scale(colour_conversion(frame.facts()), 0);
  std::vector<float> codes(view.width);
  double sum = 0;
  int samples = 0;
  for (int y = kSampledEvery / 2; y < view.height; y += kSampledEvery) {
    load_samples(view, 0, y, view.width, codes.data());
    for (int x = kSampledEvery / 2; x < view.width; x += kSampledEvery) {
      const double grey = (codes[x] - scale.black) / scale.codes_per_grey;
      sum += std::abs(tone.at(grey, place(x, view.width), place(y, view.height)));
      ++samples;
    }
  }
  return samples > 0 ? sum / samples : 0;
}

}  // namespace reelface
