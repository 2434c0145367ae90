// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "degrade/degrade_recipe.h"

namespace reelface {

/// What becomes of a frame of the clean film.
enum class FrameFate {
  kShown,
  kDoubled,  ///< the frame before is seen once more in its place
  kDropped   ///< it is missing
};

/// The first frame is always shown. Whoever stands before a doubled frame is shown as well.
FrameFate frame_fate(const DegradeRecipe& recipe, std::int64_t frame);

}  // namespace reelface
