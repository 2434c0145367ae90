// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>
#include <string>

namespace reelface {

/// The manual of the program and of all its commands, for man(1). Made from what the commands say of themselves, like
/// --help.
std::string man_page(const CLI::App& program);

}  // namespace reelface
