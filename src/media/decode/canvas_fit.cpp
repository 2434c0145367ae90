// SPDX-License-Identifier: Apache-2.0
#include "media/decode/canvas_fit.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace reelface {
namespace {

constexpr double kRoundingOfShapes = 0.01;

std::int64_t samples_of(const PictureStretch& stretch) {
  return std::int64_t{stretch.width} * stretch.height;
}

/// The part of `whole` that a picture takes, in whole steps.
int rounded_part(double part, int whole, int step) {
  const int steps = static_cast<int>(std::lround(part / step));
  return std::min(whole, std::max(1, steps) * step);
}

/// The first of those with most samples.
const PictureStretch& largest_of(const std::vector<PictureStretch>& stretches) {
  return *std::max_element(stretches.begin(), stretches.end(),
                           [](const auto& one, const auto& other) { return samples_of(one) < samples_of(other); });
}

/// One of each size, with all the seconds in which it is seen.
std::vector<PictureStretch> different_sizes(const std::vector<PictureStretch>& stretches) {
  std::vector<PictureStretch> sizes;
  for (const PictureStretch& stretch : stretches) {
    const auto known = std::find_if(sizes.begin(), sizes.end(), [&stretch](const PictureStretch& size) {
      return size.width == stretch.width && size.height == stretch.height &&
             size.sample_aspect_ratio == stretch.sample_aspect_ratio &&
             size.quarter_turns_clockwise == stretch.quarter_turns_clockwise;
    });
    if (known == sizes.end())
      sizes.push_back(stretch);
    else
      known->seconds += stretch.seconds;
  }
  return sizes;
}

/// Those whose shape most of the film has; of two shapes that are seen about as long, the first.
std::vector<PictureStretch> of_usual_shape(const std::vector<PictureStretch>& sizes) {
  constexpr double kSurelyLonger = 1.02;
  std::vector<PictureStretch> usual;
  double longest = -1;
  for (const PictureStretch& size : sizes) {
    std::vector<PictureStretch> alike;
    double seconds = 0;
    for (const PictureStretch& other : sizes) {
      if (!is_one_shape(display_aspect(other), display_aspect(size))) continue;
      alike.push_back(other);
      seconds += other.seconds;
    }
    if (longest >= 0 && seconds <= longest * kSurelyLonger) continue;
    longest = seconds;
    usual = std::move(alike);
  }
  return usual;
}

}  // namespace

bool is_one_shape(double aspect, double other) {
  return std::abs(aspect / other - 1) <= kRoundingOfShapes;
}

double display_aspect(int width, int height, Rational sample_aspect_ratio) {
  const double sample = sample_aspect_ratio.is_known() ? sample_aspect_ratio.value() : 1;
  return sample * width / height;
}

double display_aspect(const PictureStretch& stretch) {
  const double aspect = display_aspect(stretch.width, stretch.height, stretch.sample_aspect_ratio);
  return stretch.quarter_turns_clockwise % 2 != 0 ? 1 / aspect : aspect;
}

SampleSteps sample_steps(int libav_pixel_format) {
  const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(libav_pixel_format));
  if (!description) return {};
  if ((description->flags & AV_PIX_FMT_FLAG_BITSTREAM) != 0) return {8, 1};
  return {1 << description->log2_chroma_w, 1 << description->log2_chroma_h};
}

PictureArea area_on(const Canvas& canvas, double aspect, SampleSteps steps) {
  PictureArea area{0, 0, canvas.width, canvas.height};
  const double change = aspect / display_aspect(canvas.width, canvas.height, canvas.sample_aspect_ratio);
  if (is_one_shape(change, 1)) return area;
  if (change > 1) {
    area.height = rounded_part(canvas.height / change, canvas.height, steps.y);
    area.y = (canvas.height - area.height) / 2 / steps.y * steps.y;
  } else {
    area.width = rounded_part(canvas.width * change, canvas.width, steps.x);
    area.x = (canvas.width - area.width) / 2 / steps.x * steps.x;
  }
  return area;
}

Canvas canvas_for(CanvasRule rule, const std::vector<PictureStretch>& stretches) {
  const auto as_canvas = [](const PictureStretch& stretch) {
    Canvas canvas{stretch.width, stretch.height, stretch.sample_aspect_ratio, {}};
    if (stretch.quarter_turns_clockwise % 2 == 0) return canvas;
    std::swap(canvas.width, canvas.height);
    std::swap(canvas.sample_aspect_ratio.numerator, canvas.sample_aspect_ratio.denominator);
    return canvas;
  };
  if (rule == CanvasRule::kLargest) return as_canvas(largest_of(stretches));
  if (rule == CanvasRule::kAuto) return as_canvas(largest_of(of_usual_shape(different_sizes(stretches))));
  return as_canvas(stretches.front());
}

Canvas canvas_of_size(const CanvasChoice& choice, const DisplayOrientation& orientation) {
  Canvas canvas{choice.width, choice.height, {1, 1}, orientation};
  if (orientation.quarter_turns_clockwise % 2 != 0) std::swap(canvas.width, canvas.height);
  return canvas;
}

}  // namespace reelface
