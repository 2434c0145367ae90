// SPDX-License-Identifier: Apache-2.0
#include "image/resized_frame.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "axis_weights.h"
#include "component_view.h"
#include "image/colour_conversion.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr int kMostTimes = 4;

void require_sensible(FrameSize from, FrameSize to) {
  const auto may_become = [](int length, int result) { return result >= 1 && result <= kMostTimes * length; };
  if (may_become(from.width, to.width) && may_become(from.height, to.height)) return;
  throw Error(ExitCode::kUsage,
              "pictures of " + std::to_string(from.width) + "x" + std::to_string(from.height) + " cannot be made " +
                  std::to_string(to.width) + "x" + std::to_string(to.height),
              "enlarge them at most " + std::to_string(kMostTimes) + " times");
}

void resize_component(const Frame& from, const Frame& to, int component, const Affine& to_frame_from) {
  const ComponentView source = view_component(from, component);
  const ComponentView result = view_component(to, component);
  const Affine places = chain(chain(frame_to_component(to.facts(), component).inverse(), to_frame_from),
                              frame_to_component(from.facts(), component));
  const AxisWeights columns = lanczos_weights(result.width, source.width, places.rows[0], places.rows[2]);
  const AxisWeights rows = lanczos_weights(result.height, source.height, places.rows[4], places.rows[5]);
  std::vector<float> sums(static_cast<std::size_t>(source.width));
  std::vector<float> codes(static_cast<std::size_t>(result.width));
  for (int y = 0; y < result.height; ++y) {
    std::fill(sums.begin(), sums.end(), 0.0F);
    for (int k = 0; k < rows.taps; ++k) {
      const int row = rows.first[static_cast<std::size_t>(y)] + k;
      accumulate_samples(source, 0, row, source.width, rows.of(y)[k], sums.data());
    }
    apply_along_row(columns, sums.data(), codes.data());
    store_samples(result, 0, y, result.width, codes.data());
  }
}

/// Of three colours beside each other.
void apply_along_colours(const AxisWeights& weights, const float* source, float* result) {
  for (int i = 0; i < weights.count(); ++i, result += 3) {
    const float* from = source + std::ptrdiff_t{3} * weights.first[static_cast<std::size_t>(i)];
    const float* const weight = weights.of(i);
    float red = 0, green = 0, blue = 0;
    for (int k = 0; k < weights.taps; ++k, from += 3) {
      red += weight[k] * from[0];
      green += weight[k] * from[1];
      blue += weight[k] * from[2];
    }
    result[0] = red;
    result[1] = green;
    result[2] = blue;
  }
}

}  // namespace

FrameSize size_of(const FrameFacts& facts) {
  return {facts.width, facts.height};
}

Affine resizing_map(FrameSize from, FrameSize to) {
  const double across = static_cast<double>(to.width) / from.width, down = static_cast<double>(to.height) / from.height;
  return Affine::scale_and_move(across, down, (across - 1) / 2, (down - 1) / 2);
}

FrameFacts resized_facts(const FrameFacts& facts, FrameSize size) {
  require_sensible(size_of(facts), size);
  FrameFacts result = facts;
  result.width = size.width;
  result.height = size.height;
  result.fitted.reset();  // where it stood was said in samples of the other size
  keep_guessed_matrix(result, facts.height);
  return result;
}

Frame resized_frame(const Frame& frame, FrameSize size) {
  const FrameFacts& facts = frame.facts();
  if (size_of(facts) == size) return frame.share();
  require_editable(facts);
  Frame result = allocate_frame(resized_facts(facts, size));
  const Affine back = resizing_map(size_of(facts), size).inverse();
  for (int component = 0; component < facts.layout.component_count; ++component)
    resize_component(frame, result, component, back);
  return result;
}

RgbImageF lanczos_resized(const RgbViewF& picture, FrameSize size) {
  const Affine back = resizing_map({picture.width, picture.height}, size).inverse();
  const AxisWeights columns = lanczos_weights(size.width, picture.width, back.rows[0], back.rows[2]);
  const AxisWeights rows = lanczos_weights(size.height, picture.height, back.rows[4], back.rows[5]);
  RgbImageF result(size.width, size.height);
  std::vector<float> sums(std::size_t{3} * static_cast<std::size_t>(picture.width));
  for (int y = 0; y < size.height; ++y) {
    std::fill(sums.begin(), sums.end(), 0.0F);
    for (int k = 0; k < rows.taps; ++k) {
      const int row = rows.first[static_cast<std::size_t>(y)] + k;
      const float* const from = picture.samples + row * std::ptrdiff_t{picture.row_stride};
      const float weight = rows.of(y)[k];
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += weight * from[i];
    }
    apply_along_colours(columns, sums.data(), result.samples.data() + std::ptrdiff_t{3} * size.width * y);
  }
  return result;
}

}  // namespace reelface
