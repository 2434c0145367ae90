// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "inference/detector/yunet.h"
#include "reelface/core/face.h"

namespace reelface {

/// The faces that score at least `score_threshold`, in pixels of the network's input, in no order.
std::vector<Face> decode_yunet(const std::vector<YunetGrid>& grids, float score_threshold);

/// Best first; of faces that overlap more than `threshold`, only the best.
std::vector<Face> suppress_overlapping(std::vector<Face> faces, float threshold);

/// Faces found at several sizes of a picture, each list already without overlaps. A face seen more than once becomes
/// the mean of its sightings, weighted by how far each is above `score_threshold`: from frame to frame a sighting then
/// comes and goes smoothly instead of taking over. The score is the best one's. Best first.
std::vector<Face> merge_sightings(const std::vector<std::vector<Face>>& sightings, float score_threshold,
                                  float overlap_threshold);

}  // namespace reelface
