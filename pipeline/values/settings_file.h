// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "reelface/restore/option_table.h"

namespace reelface {

// A file of settings: a JSON object of options by name, such as {"model": "none", "crf": 18}. Only options that mean
// the same for many films are in it, and only those that were given: all others are as they usually are.

/// What such a text says, in the words of the table. `name` is the file's, for messages. Throws Error(kUsage) that
/// names the file, the option and what it takes: for what is no JSON, no option of settings, no value, out of range,
/// said twice, or longer than any settings.
SpelledOptions parse_settings(const std::string& text, const std::string& name);

/// The same of a file. Files that it names lie where they do from its own folder. Throws Error(kInputUnreadable) where
/// there is nothing to read.
SpelledOptions read_settings(const std::string& path);

/// Files that these settings name, and that lie where they do from this folder, are named from the system's root.
void name_files_from(const std::filesystem::path& folder, SpelledOptions& settings);

/// The text of a file that says this, in the order of the table. Throws Error(kUsage) for words that no such file can
/// hold.
std::string settings_text(const SpelledOptions& spelled);

}  // namespace reelface
