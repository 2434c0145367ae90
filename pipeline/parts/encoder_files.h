// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/media/video_writer.h"

namespace reelface {

/// Throws Error(kUsage) for encoder settings that name files, which encoders then read or write by themselves. A plan
/// may have been written by somebody else and is followed on other machines: it may say how to encode, not where to
/// write.
void refuse_settings_that_name_files(const WriteOptions& options);

}  // namespace reelface
