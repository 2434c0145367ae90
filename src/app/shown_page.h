// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface {

/// Gives an address to the browser that the desktop knows. False: nothing here starts one.
bool show_in_browser(const std::string& address);

}  // namespace reelface
