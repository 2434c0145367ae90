// SPDX-License-Identifier: Apache-2.0
#include "inference/layers/network_traits.h"

#include "inference/layers/gfpgan_shape.h"
#include "inference/layers/network_kind.h"
#include "inference/layers/upscaler_shape.h"
#include "inference/layers/window_shape.h"

namespace reelface {

std::optional<ModelTraits> traits_of(const Checkpoint& checkpoint) {
  switch (kind_of(checkpoint)) {
    case NetworkKind::kGfpgan:
      return gfpgan_traits();
    case NetworkKind::kWindow:
      return traits_of(infer_window_shape(checkpoint));
    case NetworkKind::kCompactUpscaler:
    case NetworkKind::kResidualDense:
      return traits_of(infer_upscaler_shape(checkpoint));
    default:
      return std::nullopt;
  }
}

}  // namespace reelface
