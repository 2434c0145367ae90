// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "reelface/core/error.h"

namespace reelface {

/// libav's words for one of its error numbers.
std::string libav_message(int error_number);

/// Turns a negative libav result into Error("<doing>: <libav's words>"); passes others through.
int check_libav(int result, const std::string& doing, ExitCode exit_code, const std::string& advice = {});

}  // namespace reelface
