// SPDX-License-Identifier: Apache-2.0
#include "image/enlarged_frame.h"

#include "image/picture_difference.h"

namespace reelface {

Frame enlarged_frame(const Frame& frame, const RgbViewF& once, const RgbViewF& enlarged, FrameSize size) {
  const FrameSize made = {enlarged.width, enlarged.height};
  Frame result = resized_frame(frame, made);
  add_difference(result, lanczos_resized(once, made).view(), enlarged, 1);
  return resized_frame(result, size);
}

}  // namespace reelface
