// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface {

// Numbers as text with a decimal point, whatever the locale. Infinity is "inf", no number "-".

std::string spelled(double value, int significant_digits);
std::string fixed_spelled(double value, int digits);

/// With its sign, also when positive: "+3.20".
std::string change_spelled(double value, int digits);

}  // namespace reelface
