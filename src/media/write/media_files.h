// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace reelface {

/// The files that an input is read from: the file itself, or the pictures of a folder or of a pattern, in order.
/// Empty for "-", and for what is not there: that is said by whoever opens it.
std::vector<std::string> input_files(const std::string& input);

/// The files that an output may replace: the file itself, or the pictures of such numbers that are there already.
/// `container` is a libav muxer name or empty. Empty for "-" and devices. Throws Error(kUsage) for names nothing can be
/// made of.
std::vector<std::string> output_files(const std::string& output, const std::string& container);

}  // namespace reelface
