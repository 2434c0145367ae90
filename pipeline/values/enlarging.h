// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "image/resized_frame.h"
#include "reelface/media/media_info.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

enum class UpscalerChoice { kAuto, kLanczos, kModel };

UpscalerChoice upscaler_choice(const std::string& upscaler);

/// The model that enlarges; empty where none does, whatever the size.
std::string upscaling_model(const EnlargeOptions& options);

/// Whether weights of a second model are mixed in.
bool has_twin(const EnlargeOptions& options);

/// The size that a frame is to have: as many times as large as asked, or as large as fits into the size that was asked
/// for as a viewer sees it; never larger. Chroma fits wherever the shape allows.
FrameSize target_size(const FrameFacts& facts, const EnlargeOptions& options);
FrameSize target_size(const VideoInfo& video, const EnlargeOptions& options);

/// Whether any film may get another size.
bool may_resize(const EnlargeOptions& options);

}  // namespace reelface
