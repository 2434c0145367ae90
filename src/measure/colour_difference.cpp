// SPDX-License-Identifier: Apache-2.0
#include "measure/colour_difference.h"

#include <algorithm>
#include <cmath>

#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr double kPi = 3.14159265358979323846;

double degrees(double radians) {
  return radians * 180 / kPi;
}
double radians(double degrees) {
  return degrees * kPi / 180;
}

double linear_light(double component) {
  const double value = std::clamp(component, 0.0, 1.0);
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double lab_curve(double ratio) {
  constexpr double kDelta = 6.0 / 29;
  return ratio > kDelta * kDelta * kDelta ? std::cbrt(ratio) : ratio / (3 * kDelta * kDelta) + 4.0 / 29;
}

/// The a axis stretched so that greys come out round, and what follows from it.
struct HueColour {
  double lightness;
  double chroma;
  double hue;  ///< degrees, 0..360; 0 for greys
};

HueColour hue_colour(const LabColour& colour, double a_factor) {
  const double a = colour.a * a_factor;
  const double chroma = std::hypot(a, colour.b);
  double hue = chroma > 0 ? degrees(std::atan2(colour.b, a)) : 0;
  if (hue < 0) hue += 360;
  return {colour.lightness, chroma, hue};
}

double seventh_power_share(double chroma) {
  const double seventh = std::pow(chroma, 7);
  return std::sqrt(seventh / (seventh + std::pow(25.0, 7)));
}

double hue_step(const HueColour& from, const HueColour& to) {
  if (from.chroma * to.chroma == 0) return 0;
  const double step = to.hue - from.hue;
  if (step > 180) return step - 360;
  return step < -180 ? step + 360 : step;
}

double mean_hue(const HueColour& left, const HueColour& right) {
  const double sum = left.hue + right.hue;
  if (left.chroma * right.chroma == 0) return sum;
  if (std::abs(left.hue - right.hue) <= 180) return sum / 2;
  return (sum < 360 ? sum + 360 : sum - 360) / 2;
}

}  // namespace

LabColour lab_from_srgb(double red, double green, double blue) {
  const double r = linear_light(red), g = linear_light(green), b = linear_light(blue);
  const double x = lab_curve((0.412453 * r + 0.357580 * g + 0.180423 * b) / 0.95047);
  const double y = lab_curve(0.212671 * r + 0.715160 * g + 0.072169 * b);
  const double z = lab_curve((0.019334 * r + 0.119193 * g + 0.950227 * b) / 1.08883);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double ciede2000(const LabColour& left, const LabColour& right) {
  const double mean_raw_chroma = (std::hypot(left.a, left.b) + std::hypot(right.a, right.b)) / 2;
  const double a_factor = 1.5 - 0.5 * seventh_power_share(mean_raw_chroma);
  const HueColour from = hue_colour(left, a_factor), to = hue_colour(right, a_factor);

  const double lightness_step = to.lightness - from.lightness;
  const double chroma_step = to.chroma - from.chroma;
  const double hue_difference = 2 * std::sqrt(from.chroma * to.chroma) * std::sin(radians(hue_step(from, to)) / 2);

  const double lightness = (from.lightness + to.lightness) / 2;
  const double chroma = (from.chroma + to.chroma) / 2;
  const double hue = mean_hue(from, to);
  const double hue_weight = 1 - 0.17 * std::cos(radians(hue - 30)) + 0.24 * std::cos(radians(2 * hue)) +
                            0.32 * std::cos(radians(3 * hue + 6)) - 0.20 * std::cos(radians(4 * hue - 63));
  const double from_middle = (lightness - 50) * (lightness - 50);

  const double l = lightness_step / (1 + 0.015 * from_middle / std::sqrt(20 + from_middle));
  const double c = chroma_step / (1 + 0.045 * chroma);
  const double h = hue_difference / (1 + 0.015 * chroma * hue_weight);
  const double turn = 60 * std::exp(-((hue - 275) / 25) * ((hue - 275) / 25));
  const double rotation = -2 * seventh_power_share(chroma) * std::sin(radians(turn));
  return std::sqrt(std::max(0.0, l * l + c * c + h * h + rotation * c * h));
}

double mean_colour_difference(RgbViewF picture, RgbViewF reference, int step) {
  require_same_size(picture.width, picture.height, reference.width, reference.height, "colour difference");
  if (step < 1) throw Error(ExitCode::kUsage, "colour difference: the step must be at least 1");
  const int first_x = std::min(step / 2, picture.width - 1);
  const int first_y = std::min(step / 2, picture.height - 1);
  double sum = 0;
  std::int64_t count = 0;
  for (int y = first_y; y < picture.height; y += step) {
    for (int x = first_x; x < picture.width; x += step, ++count) {
      const auto lab = [x, y](RgbViewF view) {
        const float* pixel = view.samples + y * view.row_stride + std::ptrdiff_t{3} * x;
        return lab_from_srgb(static_cast<double>(pixel[0]), static_cast<double>(pixel[1]),
                             static_cast<double>(pixel[2]));
      };
      sum += ciede2000(lab(picture), lab(reference));
    }
  }
  return sum / static_cast<double>(count);
}

}  // namespace reelface
