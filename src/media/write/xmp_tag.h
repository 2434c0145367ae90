// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace reelface {

/// Among the tags of WriteOptions: an XMP packet. MP4, MOV, PNG and JPEG get it in their own ways, others not at all.
/// libav's readers call it the same.
inline constexpr const char* kXmpTag = "xmp";

}  // namespace reelface
