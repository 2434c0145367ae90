#pragma once

#include <string>

#include "reelface/restore/restore_video.h"

namespace reelface {

/// Why faces were looked for and none was restored, for people; empty where that is not so. A film that comes out as it
/// went in would else look like a fault.
std::string untouched_faces_text(const RestoreReport& report);

}  // namespace reelface
