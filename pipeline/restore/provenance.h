#pragma once

#include <string>

#include "reelface/media/media_info.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// The output's comment: that its faces were restored, by what, with which model; behind whatever comment the input
/// has. A restored face must never be mistaken for an original.
std::string provenance_comment(const MediaInfo& input, const RestoreOptions& options);

}  // namespace reelface
