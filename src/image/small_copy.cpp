// SPDX-License-Identifier: Apache-2.0
#include "image/small_copy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "axis_weights.h"
#include "component_view.h"
#include "image/colour_conversion.h"
#include "image/display_geometry.h"
#include "image/frame_part.h"
#include "image/viewed_picture.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

/// Averages one component down, row by row.
class ComponentShrinker {
 public:
  ComponentShrinker(const Frame& frame, int component, int width, int height)
      : view_(view_component(frame, component)), sums_(static_cast<std::size_t>(view_.width)) {
    const FrameFacts& facts = frame.facts();
    const Affine result_to_frame =
        Affine::scale_and_move(static_cast<double>(facts.width) / width, static_cast<double>(facts.height) / height,
                               0.5 * facts.width / width - 0.5, 0.5 * facts.height / height - 0.5);
    const auto rows = chain(result_to_frame, frame_to_component(facts, component)).rows;
    columns_ = area_weights(width, view_.width, rows[0], rows[2]);
    rows_ = area_weights(height, view_.height, rows[4], rows[5]);
  }

  void make_row(int index, float* codes) {
    std::fill(sums_.begin(), sums_.end(), 0.0F);
    const float* weights = rows_.of(index);
    for (int k = 0; k < rows_.taps; ++k) {
      if (weights[k] == 0) continue;
      accumulate_samples(view_, 0, rows_.first[static_cast<std::size_t>(index)] + k, view_.width, weights[k],
                         sums_.data());
    }
    apply_along_row(columns_, sums_.data(), codes);
  }

 private:
  ComponentView view_;
  AxisWeights columns_;
  AxisWeights rows_;
  std::vector<float> sums_;
};

std::vector<ComponentShrinker> shrinkers_of(const Frame& frame, int components, int width, int height) {
  std::vector<ComponentShrinker> shrinkers;
  shrinkers.reserve(static_cast<std::size_t>(components));
  for (int index = 0; index < components; ++index) shrinkers.emplace_back(frame, index, width, height);
  return shrinkers;
}

// Clamped as an integer: comparisons of floats may trap, which keeps the compiler from vectorising them.
std::uint8_t byte_of(float value) {
  const float above = value + 0.5F;  // its whole part is the nearest number
  return static_cast<std::uint8_t>(std::min(std::max(static_cast<int>(above), 0), 255));
}

/// Writes one row of RGB from the three components' rows, which lie one after the other in `codes`.
class RgbRowWriter {
 public:
  RgbRowWriter(const ColourConversion& colour, int width)
      : colour_(colour), width_(width), channels_(std::size_t{3} * width) {}

  void write(const std::vector<float>& codes, std::uint8_t* bytes) {
    for (int channel = 0; channel < 3; ++channel) convert(codes.data(), channel);
    const std::uint8_t* red = channels_.data();
    const std::uint8_t* green = red + width_;
    const std::uint8_t* blue = green + width_;
    for (int x = 0; x < width_; ++x, bytes += 3) {
      bytes[0] = red[x];
      bytes[1] = green[x];
      bytes[2] = blue[x];
    }
  }

 private:
  float term(int channel, int index) const {
    return static_cast<float>(255 * colour_.rgb_from_code[3 * channel + index]);
  }

  // Each channel has a row of its own, and __restrict says that nothing else points there: so the compiler makes vector
  // code of this loop. It cannot of the one that interleaves them.
  void convert(const float* y, int channel) {
    float shift = 0;
    for (int index = 0; index < colour_.component_count; ++index) {
      shift -= term(channel, index) * static_cast<float>(colour_.black[index]);
    }
    const int count = width_;
    const float* u = y + count;
    const float* v = u + count;
    const float from_y = term(channel, 0);
    const float from_u = term(channel, 1);
    const float from_v = term(channel, 2);
    std::uint8_t* __restrict bytes = channels_.data() + std::ptrdiff_t{channel} * count;
    for (int x = 0; x < count; ++x) bytes[x] = byte_of(from_y * y[x] + from_u * u[x] + from_v * v[x] + shift);
  }

  ColourConversion colour_;
  int width_;
  std::vector<std::uint8_t> channels_;
};

int shrunk(double side, double scale) {
  return std::max(1, static_cast<int>(std::lround(side * scale)));
}

void require_side(int long_side) {
  if (long_side < 1) throw Error(ExitCode::kInternal, "a small copy needs a long side of at least one pixel");
}

}  // namespace

SmallCopy make_small_copy(const Frame& frame, int long_side) {
  const FrameFacts& facts = frame.facts();
  if (const PictureArea area = picture_area(facts); area != PictureArea{0, 0, facts.width, facts.height})
    return make_small_copy(frame, area, long_side);
  require_editable(facts);
  require_side(long_side);
  const double display_width = facts.width * pixel_aspect(facts);
  const double scale = std::min(1.0, long_side / std::max(display_width, static_cast<double>(facts.height)));
  const int width = shrunk(display_width, scale);
  const int height = shrunk(facts.height, scale);

  const ColourConversion colour = colour_conversion(facts);
  std::vector<ComponentShrinker> shrinkers = shrinkers_of(frame, colour.component_count, width, height);
  RgbImage8 picture(width, height);
  RgbRowWriter writer(colour, width);
  std::vector<float> codes(std::size_t{3} * width, 0.0F);
  for (int y = 0; y < height; ++y) {
    for (std::size_t index = 0; index < shrinkers.size(); ++index)
      shrinkers[index].make_row(y, codes.data() + index * width);
    writer.write(codes, picture.samples.data() + std::size_t{3} * width * y);
  }

  SmallCopy copy;
  const double scale_x = static_cast<double>(width) / facts.width;
  const double scale_y = static_cast<double>(height) / facts.height;
  copy.from_coded = chain(Affine::scale_and_move(scale_x, scale_y, (scale_x - 1) / 2, (scale_y - 1) / 2),
                          turn(width, height, facts.orientation));
  copy.to_coded = copy.from_coded.inverse();
  copy.picture = oriented(std::move(picture), facts.orientation);
  return copy;
}

SmallCopy make_small_copy(const Frame& frame, const PictureArea& area, int long_side) {
  SmallCopy copy = make_small_copy(frame_part(frame, area), long_side);
  copy.to_coded = chain(copy.to_coded, Affine::scale_and_move(1, 1, area.x, area.y));
  copy.from_coded = copy.to_coded.inverse();
  return copy;
}

GreyImage8 make_grey_copy(const Frame& frame, int long_side) {
  const FrameFacts& facts = frame.facts();
  require_editable(facts);
  require_side(long_side);
  const double scale = std::min(1.0, static_cast<double>(long_side) / std::max(facts.width, facts.height));
  GreyImage8 grey{shrunk(facts.width, scale), shrunk(facts.height, scale), {}};
  grey.samples.resize(static_cast<std::size_t>(grey.width) * grey.height);

  const ColourConversion colour = colour_conversion(facts);
  // Luma of YUV and gray is the first component alone; RGB has to be weighed.
  const bool from_rgb = facts.layout.family == ColourFamily::kRgb;
  const std::array<double, 3> weights =
      from_rgb ? std::array<double, 3>{0.2126, 0.7152, 0.0722} : std::array<double, 3>{1, 0, 0};
  const double code_range = colour.legal[0].highest - colour.legal[0].lowest;
  std::vector<ComponentShrinker> shrinkers = shrinkers_of(frame, from_rgb ? 3 : 1, grey.width, grey.height);
  std::vector<float> codes(static_cast<std::size_t>(grey.width));
  std::vector<float> luma(codes.size());
  for (int y = 0; y < grey.height; ++y) {
    std::fill(luma.begin(), luma.end(), 0.0F);
    for (std::size_t index = 0; index < shrinkers.size(); ++index) {
      shrinkers[index].make_row(y, codes.data());
      const auto factor = static_cast<float>(255 * weights[index] / code_range);
      const auto black = static_cast<float>(colour.black[index]);
      for (int x = 0; x < grey.width; ++x) luma[x] += factor * (codes[x] - black);
    }
    std::transform(luma.begin(), luma.end(), grey.samples.begin() + static_cast<std::ptrdiff_t>(y) * grey.width,
                   byte_of);
  }
  return grey;
}

}  // namespace reelface
