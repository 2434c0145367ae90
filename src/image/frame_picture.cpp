// SPDX-License-Identifier: Apache-2.0
#include "reelface/image/frame_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "component_view.h"
#include "image/colour_conversion.h"
#include "image/sample_shares.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

/// Which two samples a place between them is made of: (1 - share) of `first`, `share` of `second`.
struct Between {
  int first = 0;
  int second = 0;
  float share = 0;
};

std::vector<Between> places(int full_length, int length, double scale, double offset) {
  std::vector<Between> result(static_cast<std::size_t>(full_length));
  for (int i = 0; i < full_length; ++i) {
    const double at = std::clamp(scale * i + offset, 0.0, static_cast<double>(length - 1));
    const int first = static_cast<int>(at);
    result[static_cast<std::size_t>(i)] = {first, std::min(first + 1, length - 1), static_cast<float>(at - first)};
  }
  return result;
}

/// Rows of one component, as wide and as many as the frame has pixels.
class FullSizeRows {
 public:
  FullSizeRows(const Frame& frame, int component)
      : view_(view_component(frame, component)), width_(frame.facts().width), row_(static_cast<std::size_t>(width_)) {
    const Affine map = frame_to_component(frame.facts(), component);
    is_full_size_ = view_.width == width_ && view_.height == frame.facts().height;
    if (is_full_size_) return;
    across_ = places(width_, view_.width, map.rows[0], map.rows[2]);
    down_ = places(frame.facts().height, view_.height, map.rows[4], map.rows[5]);
    upper_.resize(static_cast<std::size_t>(view_.width));
    lower_.resize(upper_.size());
  }

  const float* row(int y) {
    if (is_full_size_) {
      load_samples(view_, 0, y, width_, row_.data());
      return row_.data();
    }
    const Between& place = down_[static_cast<std::size_t>(y)];
    load_samples(view_, 0, place.first, view_.width, upper_.data());
    load_samples(view_, 0, place.second, view_.width, lower_.data());
    for (std::size_t i = 0; i < upper_.size(); ++i) upper_[i] += place.share * (lower_[i] - upper_[i]);
    for (std::size_t x = 0; x < row_.size(); ++x) {
      const Between& at = across_[x];
      const float first = upper_[static_cast<std::size_t>(at.first)];
      row_[x] = first + at.share * (upper_[static_cast<std::size_t>(at.second)] - first);
    }
    return row_.data();
  }

 private:
  ComponentView view_;
  int width_;
  bool is_full_size_ = false;
  std::vector<Between> across_, down_;
  std::vector<float> row_, upper_, lower_;
};

class ComponentStore {
 public:
  ComponentStore(Frame& frame, RgbViewF picture, const ColourConversion& colour, int component)
      : view_(view_component(frame, component)),
        picture_(picture),
        black_(static_cast<float>(colour.black[static_cast<std::size_t>(component)])) {
    for (std::size_t i = 0; i < 3; ++i) {
      weights_[i] = static_cast<float>(colour.code_from_rgb[3 * static_cast<std::size_t>(component) + i]);
    }
    const Affine map = frame_to_component(frame.facts(), component);
    across_ = shares_of_samples(picture.width, view_.width, map.rows[0], map.rows[2]);
    down_ = shares_of_samples(picture.height, view_.height, map.rows[4], map.rows[5]);
  }

  void store() const {
    std::vector<float> full(static_cast<std::size_t>(picture_.width)), row(full.size());
    std::vector<float> codes(static_cast<std::size_t>(view_.width));
    for (int y = 0; y < view_.height; ++y) {
      const SampleShares& rows = down_[static_cast<std::size_t>(y)];
      std::fill(full.begin(), full.end(), 0.0F);
      for (std::size_t i = 0; i < rows.weights.size(); ++i) {
        load_codes(rows.first + static_cast<int>(i), row);
        for (std::size_t x = 0; x < full.size(); ++x) full[x] += rows.weights[i] * row[x];
      }
      for (std::size_t x = 0; x < codes.size(); ++x) {
        const SampleShares& columns = across_[x];
        codes[x] = 0;
        for (std::size_t i = 0; i < columns.weights.size(); ++i) {
          codes[x] += columns.weights[i] * full[static_cast<std::size_t>(columns.first) + i];
        }
      }
      store_samples(view_, 0, y, view_.width, codes.data());
    }
  }

 private:
  void load_codes(int y, std::vector<float>& row) const {
    const float* pixel = picture_.samples + y * picture_.row_stride;
    for (float& code : row) {
      code = black_;
      for (std::size_t i = 0; i < 3; ++i) code += weights_[i] * std::min(1.0F, std::max(0.0F, pixel[i]));
      pixel += 3;
    }
  }

  ComponentView view_;
  RgbViewF picture_;
  float black_;
  std::array<float, 3> weights_{};
  std::vector<SampleShares> across_, down_;
};

}  // namespace

RgbImageF frame_picture(const Frame& frame) {
  const FrameFacts& facts = frame.facts();
  const ColourConversion colour = colour_conversion(facts);
  RgbImageF picture(facts.width, facts.height);
  std::array<float, 9> matrix{};
  for (std::size_t i = 0; i < 9; ++i) matrix[i] = static_cast<float>(colour.rgb_from_code[i]);
  std::array<float, 3> black{};
  for (std::size_t i = 0; i < 3; ++i) black[i] = static_cast<float>(colour.black[i]);

  std::vector<FullSizeRows> components;
  components.reserve(static_cast<std::size_t>(colour.component_count));
  for (int i = 0; i < colour.component_count; ++i) components.emplace_back(frame, i);
  for (int y = 0; y < facts.height; ++y) {
    float* pixel = picture.samples.data() + std::ptrdiff_t{3} * y * facts.width;
    const float* first = components[0].row(y);
    if (colour.component_count == 1) {
      for (int x = 0; x < facts.width; ++x, pixel += 3) {
        for (std::size_t c = 0; c < 3; ++c) pixel[c] = matrix[3 * c] * (first[x] - black[0]);
      }
      continue;
    }
    const float *second = components[1].row(y), *third = components[2].row(y);
    for (int x = 0; x < facts.width; ++x, pixel += 3) {
      const float a = first[x] - black[0], b = second[x] - black[1], c = third[x] - black[2];
      pixel[0] = matrix[0] * a + matrix[1] * b + matrix[2] * c;
      pixel[1] = matrix[3] * a + matrix[4] * b + matrix[5] * c;
      pixel[2] = matrix[6] * a + matrix[7] * b + matrix[8] * c;
    }
  }
  return picture;
}

void store_picture(Frame& frame, RgbViewF picture) {
  const FrameFacts& facts = frame.facts();
  if (picture.width != facts.width || picture.height != facts.height) {
    throw Error(ExitCode::kInternal, "a picture of another size than the frame's cannot be stored in it");
  }
  const ColourConversion colour = colour_conversion(facts);
  for (int i = 0; i < colour.component_count; ++i) ComponentStore(frame, picture, colour, i).store();
}

}  // namespace reelface
