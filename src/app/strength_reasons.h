#pragma once

#include <string>
#include <vector>

#include "reelface/restore/track_report.h"

namespace reelface {

/// What lowered the strength of faces in most frames, as StrengthFactors calls it; empty if nothing did.
std::string usual_reason(const std::vector<TrackReport>& tracks);

/// For readers: "turned away".
std::string reason_in_words(const std::string& reason);

}  // namespace reelface
