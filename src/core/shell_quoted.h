// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace reelface {

/// A file's name as a shell takes it for that file, whatever is in it: for commands that people paste. Names that need
/// it are quoted, control characters and stray bytes are spelled as $'\xNN', and what would be taken for an option
/// begins with ./ . Safe for a terminal.
std::string shell_quoted(std::string_view path);

}  // namespace reelface
