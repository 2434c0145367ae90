// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "film/defects.h"

namespace reelface {

/// How many of these spots, within a third of the picture, are as large as this one and stand out as much.
int count_alike(const StandingOut& spot, const std::vector<StandingOut>& others, cv::Size picture);

/// Whether this is a defect and no part of what happens in the film: rain, confetti and hands have the like of them in
/// the frames before and behind. Lists of what stood out there are null where nothing is known.
bool is_defect(const Defect& defect, const std::vector<StandingOut>* before, const std::vector<StandingOut>* behind,
               cv::Size picture);

}  // namespace reelface
