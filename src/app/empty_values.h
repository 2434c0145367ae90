// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>

namespace reelface {

/// An empty value is most often a script's variable that was never set; taken for "not given" or for 0, it would change
/// what is done without a word. Throws Error(kUsage) that names the option of `program`, or of its commands, that was
/// given one.
void refuse_empty_values(const CLI::App& program);

}  // namespace reelface
