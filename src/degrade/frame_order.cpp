// SPDX-License-Identifier: Apache-2.0
#include "frame_order.h"

#include "random_source.h"

namespace reelface {
namespace {

FrameFate drawn(const DegradeRecipe& recipe, std::int64_t frame) {
  if (frame <= 0) return FrameFate::kShown;
  RandomSource random(recipe.seed, RandomUse::kFrameOrder, frame);
  if (100 * random.uniform() < recipe.dropped) return FrameFate::kDropped;
  return 100 * random.uniform() < recipe.doubled ? FrameFate::kDoubled : FrameFate::kShown;
}

}  // namespace

FrameFate frame_fate(const DegradeRecipe& recipe, std::int64_t frame) {
  const FrameFate fate = drawn(recipe, frame);
  if (fate == FrameFate::kDoubled && drawn(recipe, frame - 1) != FrameFate::kShown) return FrameFate::kShown;
  return fate;
}

}  // namespace reelface
