// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "reelface/core/face_description.h"

namespace reelface {

/// What is known of one track when people are told apart.
struct TrackIdentity {
  std::int64_t track_id = 0;
  double confidence = 0;  ///< of the description; 0 = there is none, and the track stays nobody's
  FaceDescription description{};
  std::vector<std::pair<std::int64_t, std::int64_t>> spans;  ///< frames it is seen in, first and last; rising, apart
};

struct PeopleOptions {
  double distance = 0.5;  ///< two groups whose tracks are this far apart on average are two people
};

/// The person of each track, counted from 1 in the order of their first frames; 0 for tracks without a description.
/// Joins the nearest groups first (mean distance over all pairs, weighted by confidence); groups that share a frame are
/// never joined: nobody is seen twice at once. Pure; equal input gives equal ids.
std::vector<std::int64_t> group_people(const std::vector<TrackIdentity>& tracks, const PeopleOptions& options = {});

/// Mean of several descriptions, weighted.
FaceDescription mean_description(const std::vector<std::pair<FaceDescription, double>>& weighted);

}  // namespace reelface
