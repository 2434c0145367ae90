// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "degrade/degrade_recipe.h"
#include "reelface/core/cancel_token.h"
#include "reelface/media/video_writer.h"

namespace reelface {

struct DegradeOptions {
  DegradeRecipe recipe;
  WriteOptions write;        ///< no codec: libx264 for films; no crf: the recipe's
  int threads = 0;           ///< 0 = all cores; the result does not depend on it
  bool any_format = false;   ///< see ReadOptions
  std::string truth_folder;  ///< where to write what was done to each frame; empty: nowhere
};

/// frames done, frames expected (0 = unknown)
using FrameCallback = std::function<void(std::int64_t, std::int64_t)>;

/// Writes a bad copy of a good film: same frames at the same times, sound and everything else copied. Frames that the
/// recipe drops are missing, and those before them are shown longer. The same input,
/// recipe and encoder settings give the same file. The output appears whole or not at all; when `cancel` asks to stop,
/// nothing is left and Error(kInterrupted) is thrown.
WriteSummary degrade_video(const std::string& input, const std::string& output, const DegradeOptions& options,
                           const FrameCallback& on_frame = {}, const CancelToken* cancel = nullptr);

}  // namespace reelface
