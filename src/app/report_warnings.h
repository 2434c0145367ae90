// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "reelface/restore/restore_video.h"

namespace reelface {

/// Why faces were looked for and none was restored, for people; empty where that is not so. A film that comes out as it
/// went in would else look like a fault.
std::string untouched_faces_text(const RestoreReport& report);

/// Everything that whoever restored a film should hear of, a line each. `knows_faces`: whether the report tells of
/// them; that of parts that were joined does not, and aligned crops are not looked for.
std::vector<std::string> report_warnings(const RestoreReport& report, bool knows_faces);

}  // namespace reelface
