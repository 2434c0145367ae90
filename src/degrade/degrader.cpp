// SPDX-License-Identifier: Apache-2.0
#include "degrade/degrader.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "blotches.h"
#include "frame_order.h"
#include "hairs.h"
#include "head_switching.h"
#include "image/opencv_view.h"
#include "mould.h"
#include "picture_effects.h"
#include "reelface/core/error.h"
#include "splices.h"
#include "uneven_flicker.h"

namespace reelface {
namespace {

cv::Mat copy_of(RgbViewF view) {
  return opencv_view(view).clone();
}

RgbImageF clamped(const cv::Mat& picture) {
  RgbImageF result(picture.cols, picture.rows);
  for (int y = 0; y < picture.rows; ++y) {
    const auto* from = picture.ptr<float>(y);
    float* to = result.samples.data() + std::ptrdiff_t{3} * y * picture.cols;
    for (int i = 0; i < 3 * picture.cols; ++i) to[i] = std::min(1.0F, std::max(0.0F, from[i]));
  }
  return result;
}

int shrunken(int length, double factor) {
  return std::max(1, static_cast<int>(std::lround(length / factor)));
}

int even(int length) {
  return std::max(2, length / 2 * 2);
}

/// Where two pictures differ by what eight bits can show.
void mark_changes(const RgbImageF& before, const RgbImageF& after, DamageTruth& truth) {
  constexpr float kOneCode = 1.0F / 255;
  truth.width = after.width, truth.height = after.height;
  truth.mask.assign(after.samples.size() / 3, 0);
  for (std::size_t i = 0; i < after.samples.size(); ++i) {
    if (std::abs(after.samples[i] - before.samples[i]) >= kOneCode) truth.mask[i / 3] = 255;
  }
}

/// Where the frame lies in the gate, pixels.
cv::Point2d frame_position(const DegradeRecipe& recipe, std::int64_t frame_number, int height) {
  return gate_position(recipe, frame_number) + splice_jump(recipe, frame_number, height).shift;
}

double frame_gain(const DegradeRecipe& recipe, std::int64_t frame_number, int height) {
  return flicker_gain(recipe, frame_number) * splice_jump(recipe, frame_number, height).light;
}

/// What happens to each picture on its own, up to where fields are woven.
cv::Mat recorded(RgbViewF frame, std::int64_t frame_number, const DegradeRecipe& recipe, cv::Size small,
                 cv::Size full) {
  cv::Mat picture = copy_of(frame);
  const cv::Point2d gate = frame_position(recipe, frame_number, frame.height);
  shift(picture, gate.x, gate.y);
  blur(picture, recipe);
  resize(picture, small.width, small.height);
  add_noise(picture, recipe, frame_number);
  compress_blocks(picture, recipe.jpeg);
  resize(picture, full.width, full.height);
  smear_chroma(picture, recipe);
  jitter_lines(picture, recipe, frame_number);
  return picture;
}

}  // namespace

Degrader::Degrader(const DegradeRecipe& recipe, int width, int height)
    : recipe_(recipe), width_(width), height_(height) {
  if (width < 1 || height < 1) throw Error(ExitCode::kUsage, "a picture without pixels cannot be degraded");
  for (const RecipeSetting& setting : recipe_settings()) {
    set_recipe_value(recipe_, setting.key, recipe_value(recipe, setting.key));  // checks the range
  }
  small_width_ = shrunken(width, recipe_.shrink);
  small_height_ = shrunken(height, recipe_.shrink);
  const bool stays_small = recipe_.keep_small >= 0.5 && recipe_.shrink > 1;
  if (stays_small) {  // encoders want even sides
    small_width_ = std::min(even(small_width_), width);
    small_height_ = std::min(even(small_height_), height);
  }
  output_width_ = stays_small ? small_width_ : width;
  output_height_ = stays_small ? small_height_ : height;
}

bool Degrader::drops(std::int64_t frame_number) const {
  return frame_fate(recipe_, frame_number) == FrameFate::kDropped;
}

/// Everything but what lies on the film.
cv::Mat Degrader::aged(RgbViewF frame, std::int64_t frame_number, const RgbImageF* previous) const {
  if (frame.width != width_ || frame.height != height_) {
    throw Error(ExitCode::kInternal, "a frame of another size than the clip's came to be degraded");
  }
  const cv::Size small(small_width_, small_height_), full(output_width_, output_height_);
  const bool has_previous = previous && previous->width == width_ && previous->height == height_;
  const bool doubled = has_previous && frame_fate(recipe_, frame_number) == FrameFate::kDoubled;
  cv::Mat picture = recorded(doubled ? previous->view() : frame, frame_number, recipe_, small, full);
  if (recipe_.interlace >= 0.5 && has_previous) {
    // Woven after shrinking and blurring, which would melt the fields into each other.
    weave_fields(picture, recorded(previous->view(), frame_number - 1, recipe_, small, full));
  }
  add_grain(picture, recipe_, frame_number);
  age_colours(picture, recipe_);
  picture *= frame_gain(recipe_, frame_number, height_);
  light_unevenly(picture, uneven_light(recipe_, frame_number));
  return picture;
}

/// What lies on the film, from the emulsion up.
LaidDamage Degrader::lay(cv::Mat& picture, std::int64_t frame_number) const {
  LaidDamage laid;
  laid.mould = add_mould(picture, recipe_, frame_number);
  laid.chroma_blotches = add_chroma_blotches(picture, recipe_, frame_number);
  laid.blotches = add_blotches(picture, recipe_, frame_number);
  laid.scratches = add_scratches(picture, recipe_, frame_number);
  laid.specks = add_dust(picture, recipe_, frame_number);
  laid.hairs = add_hairs(picture, recipe_, frame_number);
  add_splice_edges(picture, recipe_, frame_number);
  laid.switching_lines = switch_heads(picture, recipe_, frame_number);
  return laid;
}

RgbImageF Degrader::apply(RgbViewF frame, std::int64_t frame_number, const RgbImageF* previous) const {
  cv::Mat picture = aged(frame, frame_number, previous);
  lay(picture, frame_number);
  return clamped(picture);
}

Degrader::Told Degrader::apply_and_tell(RgbViewF frame, std::int64_t frame_number, const RgbImageF* previous) const {
  cv::Mat picture = aged(frame, frame_number, previous);
  const cv::Mat before = picture.clone();
  DamageTruth truth;
  const cv::Point2d gate = frame_position(recipe_, frame_number, height_);
  truth.weave_x = gate.x, truth.weave_y = gate.y;
  truth.flicker = frame_gain(recipe_, frame_number, height_);
  truth.uneven = uneven_light(recipe_, frame_number);
  truth.noise = std::hypot(recipe_.noise, recipe_.grain);
  truth.spliced = begins_with_splice(recipe_, frame_number);
  truth.doubled = previous && frame_fate(recipe_, frame_number) == FrameFate::kDoubled;
  truth.laid = lay(picture, frame_number);
  RgbImageF result = clamped(picture);
  mark_changes(clamped(before), result, truth);
  return {std::move(result), std::move(truth)};
}

}  // namespace reelface
