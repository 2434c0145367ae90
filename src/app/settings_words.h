// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>
#include <string>

#include "reelface/restore/option_table.h"

namespace reelface {

/// Those options of settings that `command` was given, out of `options`, which it wrote. Throws Error(kUsage) for
/// numbers out of range.
SpelledOptions given_settings(const CLI::App& command, const RestoreOptions& options);

/// The options in a text that stands behind `reelface restore` as it is. Throws Error(kUsage) for what is none, and for
/// what settings do not hold.
SpelledOptions settings_in(const std::string& words);

/// The other way round: "--model none --crf 18"
std::string words_of(const SpelledOptions& spelled);

}  // namespace reelface
