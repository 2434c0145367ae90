// SPDX-License-Identifier: Apache-2.0
#include "light/scene_light.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace reelface {
namespace {

constexpr double kBrighter = 0.02;

// Greys: as bright as half of what is brightest, not clipped, and near grey or near what the greys found so far lean
// to. Skin in white light leans three times as far.
constexpr double kBrightGrey = 0.5, kClipped = 250, kNearGrey = 0.12;
constexpr int kTurns = 4;
constexpr double kLeastShare = 0.1;  // of the bright samples

double luma_of(double red, double green, double blue) {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

template <class Use>
void for_each_pixel(RgbView8 picture, const PixelBox& box, Use use) {
  for (int y = std::max(0, box.top); y < std::min(picture.height, box.bottom); ++y) {
    const std::uint8_t* const row = picture.samples + y * picture.row_stride;
    for (int x = std::max(0, box.left); x < std::min(picture.width, box.right); ++x) {
      const std::uint8_t* const pixel = row + std::ptrdiff_t{3} * x;
      use(pixel[0], pixel[1], pixel[2], x, y);
    }
  }
}

/// What two pixels in a hundred are brighter than, by this measure of theirs.
template <class Brightness>
double brightest_of(RgbView8 picture, const PixelBox& box, Brightness brightness) {
  std::array<int, 256> histogram{};
  int all = 0;
  for_each_pixel(picture, box, [&](int red, int green, int blue, int, int) {
    ++histogram[static_cast<std::size_t>(brightness(red, green, blue))];
    ++all;
  });
  int brighter = 0;
  for (int level = 255; level > 0; --level) {
    brighter += histogram[static_cast<std::size_t>(level)];
    if (brighter > kBrighter * all) return level / 255.0;
  }
  return 0;
}

struct Lean {
  double red = 0, blue = 0;
};

bool is_in(const PixelBox& box, int x, int y) {
  return x >= box.left && x < box.right && y >= box.top && y < box.bottom;
}

std::vector<Lean> leans_of_bright(RgbView8 picture, const PixelBox& box, const std::vector<PixelBox>& heads,
                                  double white) {
  std::vector<Lean> leans;
  for_each_pixel(picture, box, [&](int red, int green, int blue, int x, int y) {
    const bool is_clipped = std::max({red, green, blue}) > kClipped;
    const bool is_head =
        std::any_of(heads.begin(), heads.end(), [x, y](const PixelBox& head) { return is_in(head, x, y); });
    if (is_clipped || is_head || std::min({red, green, blue}) < 8 ||
        luma_of(red, green, blue) < kBrightGrey * 255 * white)
      return;
    leans.push_back({std::log(static_cast<double>(red) / green), std::log(static_cast<double>(blue) / green)});
  });
  return leans;
}

/// Where the bright greys lie, sought from true grey on. Nothing where there are none.
Lean lean_of_greys(const std::vector<Lean>& leans) {
  Lean greys;
  for (int turn = 0; turn < kTurns; ++turn) {
    double weights = 0;
    Lean sum;
    for (const Lean& lean : leans) {
      const double red = lean.red - greys.red, blue = lean.blue - greys.blue;
      const double weight = std::exp(-(red * red + blue * blue) / (2 * kNearGrey * kNearGrey));
      weights += weight;
      sum.red += weight * lean.red;
      sum.blue += weight * lean.blue;
    }
    if (weights < kLeastShare * static_cast<double>(leans.size()) || weights < 1) return {};
    greys = {sum.red / weights, sum.blue / weights};
  }
  return greys;
}

}  // namespace

SceneLight measure_scene_light(RgbView8 picture, const PixelBox& box, const std::vector<PixelBox>& heads) {
  SceneLight light;
  light.white =
      brightest_of(picture, box, [](int red, int green, int blue) { return std::lround(luma_of(red, green, blue)); });
  light.brightest_channel = brightest_of(picture, box, [](int red, int green, int blue) {
    return std::max({red, green, blue});
  });
  const Lean greys = lean_of_greys(leans_of_bright(picture, box, heads, light.white));
  light.red = greys.red;
  light.blue = greys.blue;
  return light;
}

double measure_skin(RgbViewF crop) {
  // Below the eyes and above the mouth of the template, as shares of the crop.
  constexpr double kLeft = 0.34, kRight = 0.66, kTop = 0.5, kBottom = 0.67;
  const auto at = [&crop](double share) { return static_cast<int>(share * crop.width); };
  std::vector<float> lumas;
  for (int y = at(kTop); y < at(kBottom); ++y) {
    const float* const row = crop.samples + y * crop.row_stride;
    for (int x = at(kLeft); x < at(kRight); ++x) {
      const float* const pixel = row + std::ptrdiff_t{3} * x;
      lumas.push_back(static_cast<float>(luma_of(pixel[0], pixel[1], pixel[2])));
    }
  }
  if (lumas.empty()) return 0;
  const auto middle = lumas.begin() + static_cast<std::ptrdiff_t>(lumas.size() / 2);
  std::nth_element(lumas.begin(), middle, lumas.end());
  return std::clamp(static_cast<double>(*middle), 0.0, 1.0);
}

}  // namespace reelface
