// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "reelface/restore/option.h"

namespace reelface {

/// Whether the option takes this value for the name of a file. A value of any other option stays what it is, even where
/// a file happens to have its name; so does the name of a known model.
bool names_a_file(const OptionFacts& option, const std::string& value);

/// The same, and there is such a file.
bool is_file_there(const OptionFacts& option, const std::string& value);

/// The same file, named from the root; what is named from there already stays as it is.
std::string from_folder(const std::string& file, const std::filesystem::path& folder);

}  // namespace reelface
