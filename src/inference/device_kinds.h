// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "reelface/inference/device.h"

namespace reelface {

/// Throws Error(kUsage), saying what differs, if the devices of these names are not all of one kind: then a face's
/// pixels would depend on which of them restores it. Memory makes no kind.
void check_one_kind(const std::vector<std::string>& names, const std::vector<DeviceInfo>& devices);

}  // namespace reelface
