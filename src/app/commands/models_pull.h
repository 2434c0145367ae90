// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "reelface/core/cancel_token.h"

namespace reelface {

/// Downloads the models named into the store's download folder, unless they are there already and right. Progress and
/// licence go to stderr, the paths to stdout. Throws Error.
void pull_models(const std::vector<std::string>& names, const std::string& mirror, const CancelToken& cancel);

}  // namespace reelface
