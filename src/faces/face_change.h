// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "faces/face_tracker.h"

namespace reelface {

using FacesOfFrame = std::vector<ObservedFace>;

/// How many looked-at frames to either side of a step are compared, at most and at least. A flash or a hand that passes
/// is over before the last one.
constexpr int kFramesBeforeChange = 3;
constexpr int kFramesAfterChange = 4;
constexpr int kFewestFramesAfterChange = 2;

/// Whether everybody who is seen in the same place on both sides of a step from one frame to the next has become
/// somebody else, and stays so: a cut between pictures so alike that only the faces tell. `before` and `after`:
/// looked-at frames of one shot, oldest first. A face that is hidden in part, turns or is lit anew is no change; nor is
/// one that changes while another stays, for a cut concerns all.
bool everybody_changes(const std::vector<const FacesOfFrame*>& before, const std::vector<const FacesOfFrame*>& after);

}  // namespace reelface
