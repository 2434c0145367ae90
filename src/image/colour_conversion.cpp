// SPDX-License-Identifier: Apache-2.0
#include "image/colour_conversion.h"

#include <cmath>

namespace reelface {
namespace {

constexpr int kLinesOfStandardDefinition = 576;

/// Shares of red and blue in luma.
struct LumaWeights {
  double red;
  double blue;
};

LumaWeights luma_weights(const FrameFacts& facts) {
  switch (facts.colour.matrix) {
    case ColourMatrix::kBt709:
      return {0.2126, 0.0722};
    case ColourMatrix::kFcc:
      return {0.30, 0.11};
    case ColourMatrix::kBt470bg:
    case ColourMatrix::kSmpte170m:
      return {0.299, 0.114};
    case ColourMatrix::kSmpte240m:
      return {0.212, 0.087};
    // Constant luminance is not linear in its codes; near the picture's own colours the common matrix is close, and
    // differences that are added keep everything else as it was.
    case ColourMatrix::kBt2020Ncl:
    case ColourMatrix::kBt2020Cl:
      return {0.2627, 0.0593};
    default:
      return facts.height <= kLinesOfStandardDefinition ? LumaWeights{0.299, 0.114} : LumaWeights{0.2126, 0.0722};
  }
}

std::array<double, 9> inverse(const std::array<double, 9>& m) {
  const double c0 = m[4] * m[8] - m[5] * m[7];
  const double c1 = m[5] * m[6] - m[3] * m[8];
  const double c2 = m[3] * m[7] - m[4] * m[6];
  const double d = m[0] * c0 + m[1] * c1 + m[2] * c2;
  return {c0 / d, (m[2] * m[7] - m[1] * m[8]) / d, (m[1] * m[5] - m[2] * m[4]) / d,
          c1 / d, (m[0] * m[8] - m[2] * m[6]) / d, (m[2] * m[3] - m[0] * m[5]) / d,
          c2 / d, (m[1] * m[6] - m[0] * m[7]) / d, (m[0] * m[4] - m[1] * m[3]) / d};
}

/// RGB to Y 0..1 and two colour differences -0.5..0.5.
std::array<double, 9> differences_from_rgb(const FrameFacts& facts) {
  if (facts.colour.matrix == ColourMatrix::kYcgco) return {0.25, 0.5, 0.25, -0.25, 0.5, -0.25, 0.5, 0, -0.5};
  const auto [red, blue] = luma_weights(facts);
  const double green = 1 - red - blue;
  const double u = 0.5 / (1 - blue);
  const double v = 0.5 / (1 - red);
  return {red, green, blue, -red * u, -green * u, 0.5, 0.5, -green * v, -blue * v};
}

bool is_full_range(const FrameFacts& facts) {
  if (facts.colour.range != ColourRange::kUnspecified) return facts.colour.range == ColourRange::kFull;
  // The deprecated "j" formats are full range by name.
  return facts.layout.family != ColourFamily::kYuv || facts.layout.name.rfind("yuvj", 0) == 0;
}

struct Scales {
  double luma_black;
  double luma;
  double chroma;
  double chroma_reach;  ///< codes on each side of the middle
};

Scales scales(const FrameFacts& facts) {
  const int depth = facts.layout.bit_depth();
  const double unit = std::ldexp(1.0, depth - 8);
  const double top = std::ldexp(1.0, depth) - 1;
  if (is_full_range(facts)) return {0, top, top, std::ldexp(1.0, depth - 1)};
  return {16 * unit, 219 * unit, 224 * unit, 112 * unit};
}

bool is_chroma(const PixelLayout& layout, int component) {
  return layout.family == ColourFamily::kYuv && (component == 1 || component == 2);
}

int rounded_up(int value, int shift) {
  return (value + (1 << shift) - 1) >> shift;
}

}  // namespace

std::array<double, 3> ColourConversion::rgb(const std::array<double, 3>& code) const {
  std::array<double, 3> result{};
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < component_count; ++column) {
      result[row] += rgb_from_code[3 * row + column] * (code[column] - black[column]);
    }
  }
  return result;
}

std::array<double, 3> ColourConversion::code(const std::array<double, 3>& rgb_values) const {
  std::array<double, 3> result = black;
  for (int row = 0; row < component_count; ++row) {
    for (int column = 0; column < 3; ++column) result[row] += code_from_rgb[3 * row + column] * rgb_values[column];
  }
  return result;
}

ColourConversion colour_conversion(const FrameFacts& facts) {
  const Scales scale = scales(facts);
  const double top = std::ldexp(1.0, facts.layout.bit_depth()) - 1;
  const CodeRange luma_range{scale.luma_black, scale.luma_black + scale.luma};
  ColourConversion result;
  if (facts.layout.family == ColourFamily::kRgb) {
    for (std::size_t index = 0; index < 3; ++index) {
      result.black[index] = scale.luma_black;
      result.rgb_from_code[4 * index] = 1 / scale.luma;
      result.code_from_rgb[4 * index] = scale.luma;
      result.legal[index] = luma_range;
    }
    return result;
  }
  const std::array<double, 9> forward = differences_from_rgb(facts);
  if (facts.layout.family == ColourFamily::kGray) {
    result.component_count = 1;
    result.black[0] = scale.luma_black;
    result.legal[0] = luma_range;
    for (std::size_t index = 0; index < 3; ++index) {
      result.rgb_from_code[3 * index] = 1 / scale.luma;
      result.code_from_rgb[index] = forward[index] * scale.luma;
    }
    return result;
  }
  const double middle = std::ldexp(1.0, facts.layout.bit_depth() - 1);
  const std::array<double, 9> backward = inverse(forward);
  for (int index = 0; index < 3; ++index) {
    const double factor = index == 0 ? scale.luma : scale.chroma;
    result.black[index] = index == 0 ? scale.luma_black : middle;
    result.legal[index] =
        index == 0 ? luma_range
                   : CodeRange{std::fmax(0, middle - scale.chroma_reach), std::fmin(top, middle + scale.chroma_reach)};
    for (int other = 0; other < 3; ++other) {
      result.code_from_rgb[3 * index + other] = forward[3 * index + other] * factor;
      result.rgb_from_code[3 * other + index] = backward[3 * other + index] / factor;
    }
  }
  return result;
}

void keep_guessed_matrix(FrameFacts& facts, int former_height) {
  const bool guessed = facts.layout.family == ColourFamily::kYuv && facts.colour.matrix == ColourMatrix::kUnspecified;
  if (guessed && former_height <= kLinesOfStandardDefinition && facts.height > kLinesOfStandardDefinition) {
    facts.colour.matrix = ColourMatrix::kSmpte170m;
  }
}

Affine frame_to_component(const FrameFacts& facts, int component) {
  if (!is_chroma(facts.layout, component)) return {};
  const double step_x = 1 << facts.layout.chroma_shift_x;
  const double step_y = 1 << facts.layout.chroma_shift_y;
  double x = 0;
  double y = (step_y - 1) / 2;
  switch (facts.colour.chroma_location) {
    case ChromaLocation::kUnspecified:
    case ChromaLocation::kLeft:
      break;
    case ChromaLocation::kCenter:
      x = (step_x - 1) / 2;
      break;
    case ChromaLocation::kTopLeft:
      y = 0;
      break;
    case ChromaLocation::kTop:
      x = (step_x - 1) / 2;
      y = 0;
      break;
    case ChromaLocation::kBottomLeft:
      y = step_y - 1;
      break;
    case ChromaLocation::kBottom:
      x = (step_x - 1) / 2;
      y = step_y - 1;
      break;
  }
  return Affine::scale_and_move(1 / step_x, 1 / step_y, -x / step_x, -y / step_y);
}

int component_width(const FrameFacts& facts, int component) {
  return is_chroma(facts.layout, component) ? rounded_up(facts.width, facts.layout.chroma_shift_x) : facts.width;
}

int component_height(const FrameFacts& facts, int component) {
  return is_chroma(facts.layout, component) ? rounded_up(facts.height, facts.layout.chroma_shift_y) : facts.height;
}

}  // namespace reelface
