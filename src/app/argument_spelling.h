// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace reelface {

/// Brings the spellings people know from other tools into one: --long_name becomes --long-name, -c:v --video-codec,
/// -b:v --bit-rate, and single-dash words like -crf or -ss get their second dash. After "--" come files, whatever they
/// are called.
std::vector<std::string> unify_spelling(const std::vector<std::string>& arguments);

}  // namespace reelface
