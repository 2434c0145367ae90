// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "pipeline/stages/repair_stage.h"
#include "pipeline/values/repair_list.h"

namespace reelface {

ListedRepair listed(const Defect& defect, const FrameJob& job);
ListedRepair listed(const Scratch& scratch, const FrameJob& job);

/// All repairs of a frame; none behind no step of repairing.
std::vector<ListedRepair> listed_repairs(const FrameJob& job);

}  // namespace reelface
