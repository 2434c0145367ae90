// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace reelface {

// Settings go by a file's path, or by a name: NAME is ~/.config/reelface/NAME.json. A path has a slash or ends in
// .json.

/// The file that is meant, whether it is there or not. Throws Error(kUsage) for a name without a folder of settings.
std::string settings_path(const std::string& name_or_path);

/// The same; it is there. Throws Error(kInputUnreadable) that says what was looked for, and which name is near.
std::string found_settings(const std::string& name_or_path);

/// Makes the folder of named settings if `name_or_path` is a name. Throws Error(kOutputUnwritable).
void make_settings_folder(const std::string& name_or_path);

/// All there are, in order.
std::vector<std::string> settings_names();

}  // namespace reelface
