// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "inference/engine/picture_restorer.h"
#include "reelface/pipeline/frame_group.h"

namespace reelface {

/// Of a frame whose picture another device restored than the one that was asked for.
struct PictureFallback {
  std::string by;
};

inline void note_fallback(FrameJob& job, const PictureRestorer& restorer) {
  if (std::string by = restorer.fallback(); !by.empty()) job.work.make<PictureFallback>().by = std::move(by);
}

}  // namespace reelface
