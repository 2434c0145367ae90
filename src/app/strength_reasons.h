// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace reelface {

/// What lowered the strength of most faces, as StrengthFactors calls it; empty if nothing did.
std::string usual_reason(const std::map<std::string, std::int64_t>& held_back);

/// For readers: "turned away".
std::string reason_in_words(const std::string& reason);

}  // namespace reelface
