// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "media/parts/packet_file.h"
#include "media/write/output_decisions.h"

namespace reelface {

/// Decisions for a film that is encoded in parts. Throws Error(kUsage) for outputs that cannot be joined.
OutputDecisions decide_joined_output(const VideoReader& film, const std::string& output, const WriteOptions& options);

/// What a part's packets have in common with those of all other parts.
PacketFileHeader header_of(const VideoEncoder& encoder);

}  // namespace reelface
