// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "inference/engine/network_functions.h"

namespace reelface {

/// The library that holds LibTorch's networks, opened at the first call and kept to the end. LibTorch brings some three
/// hundred libraries along, and finding and linking them takes most of a second: whoever restores no face should not
/// wait for that. Thread-safety: safe. Throws Error(kInternal) if it is not where it should be.
const NetworkFunctions& network_library();

/// The same with the first of `files` that is there.
const NetworkFunctions& open_network_library(const std::vector<std::string>& files);

/// The file that network_library() opens; empty if it is not where it should be. Opens nothing.
std::string network_library_file();

/// The version of LibTorch that this build found, and its library of networks is linked with.
const char* built_with_libtorch();

/// Whether network_library() has been called.
bool network_library_is_open();

/// Whether this build's LibTorch can use graphics cards.
bool built_with_cuda();

/// The same, and the machine has their driver. Does not open LibTorch.
bool may_have_cuda();

}  // namespace reelface
