// SPDX-License-Identifier: Apache-2.0
#include "image/picture_difference.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "component_view.h"
#include "image/colour_conversion.h"
#include "image/sample_shares.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

/// Nothing but greys, give or take what rounding makes of them.
bool has_no_colour(RgbViewF picture) {
  constexpr float kRounding = 2.0F / 255;
  for (int y = 0; y < picture.height; ++y) {
    const float* pixel = picture.samples + y * picture.row_stride;
    float largest = 0;
    for (int x = 0; x < picture.width; ++x, pixel += 3) {
      largest = std::max({largest, std::abs(pixel[0] - pixel[1]), std::abs(pixel[2] - pixel[1])});
    }
    if (largest > kRounding) return false;
  }
  return true;
}

/// The weights of a difference that has brightness only: every channel of RGB takes it all, chroma nothing.
ColourConversion without_colour(ColourConversion colour, ColourFamily family) {
  constexpr std::array<double, 3> kBrightness = {0.299, 0.587, 0.114};
  if (family == ColourFamily::kYuv) colour.component_count = 1;
  if (family != ColourFamily::kRgb) return colour;
  for (std::size_t component = 0; component < 3; ++component) {
    const double scale = colour.code_from_rgb[4 * component];
    for (std::size_t i = 0; i < 3; ++i) colour.code_from_rgb[3 * component + i] = kBrightness[i] * scale;
  }
  return colour;
}

class ComponentDifference {
 public:
  ComponentDifference(const Frame& frame, const ColourConversion& colour, int component, RgbViewF before,
                      RgbViewF after, float strength)
      : view_(view_component(frame, component)),
        legal_(colour.legal[static_cast<std::size_t>(component)]),
        before_(before),
        after_(after),
        full_(static_cast<std::size_t>(before.width)) {
    for (std::size_t i = 0; i < 3; ++i) {
      weights_[i] = strength * static_cast<float>(colour.code_from_rgb[3 * static_cast<std::size_t>(component) + i]);
    }
    if (view_.width == before.width && view_.height == before.height) return;
    const Affine map = frame_to_component(frame.facts(), component);
    across_ = shares_of_samples(before.width, view_.width, map.rows[0], map.rows[2]);
    down_ = shares_of_samples(before.height, view_.height, map.rows[4], map.rows[5]);
    rows_.resize(full_.size());
    codes_.resize(static_cast<std::size_t>(view_.width));
  }

  void add() {
    for (int y = 0; y < view_.height; ++y) add_to_samples(view_, 0, y, view_.width, row(y), legal_);
  }

 private:
  /// In the component's codes.
  const float* row(int y) {
    if (down_.empty()) {
      weigh(y);
      return full_.data();
    }
    const SampleShares& down = down_[static_cast<std::size_t>(y)];
    std::fill(rows_.begin(), rows_.end(), 0.0F);
    for (std::size_t i = 0; i < down.weights.size(); ++i) {
      weigh(down.first + static_cast<int>(i));
      for (std::size_t x = 0; x < rows_.size(); ++x) rows_[x] += down.weights[i] * full_[x];
    }
    for (std::size_t x = 0; x < codes_.size(); ++x) {
      const SampleShares& columns = across_[x];
      const float* const from = rows_.data() + columns.first;
      float sum = 0;
      for (std::size_t i = 0; i < columns.weights.size(); ++i) sum += columns.weights[i] * from[i];
      codes_[x] = sum;
    }
    return codes_.data();
  }

  void weigh(int y) {
    const float* before = before_.samples + y * before_.row_stride;
    const float* after = after_.samples + y * after_.row_stride;
    for (float& code : full_) {
      code = weights_[0] * (after[0] - before[0]) + weights_[1] * (after[1] - before[1]) +
             weights_[2] * (after[2] - before[2]);
      before += 3;
      after += 3;
    }
  }

  ComponentView view_;
  CodeRange legal_;
  RgbViewF before_, after_;
  std::array<float, 3> weights_{};
  std::vector<SampleShares> across_, down_;  // of a component that is smaller than the frame
  std::vector<float> full_, rows_, codes_;   // scratch
};

}  // namespace

void add_difference(Frame& frame, RgbViewF before, RgbViewF after, float strength) {
  const FrameFacts& facts = frame.facts();
  require_editable(facts);
  for (const RgbViewF& picture : {before, after}) {
    if (picture.width == facts.width && picture.height == facts.height) continue;
    throw Error(ExitCode::kInternal, "a difference of another size than the frame's cannot be added to it");
  }
  if (!(strength > 0)) return;
  frame.make_writable();
  ColourConversion colour = colour_conversion(facts);
  if (has_no_colour(before)) colour = without_colour(colour, facts.layout.family);
  for (int component = 0; component < colour.component_count; ++component)
    ComponentDifference(frame, colour, component, before, after, strength).add();
}

}  // namespace reelface
