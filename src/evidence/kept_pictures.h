// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "aligned_frames.h"
#include "evidence/compare_videos.h"

namespace reelface {

/// Keeps a few frames and face crops of a comparison for its report: a usual frame, the worst and the best, each face
/// where it appears, and faces through the film. Bounded, whatever the length.
class KeptPictures {
 public:
  /// `expected_frames` 0 = unknown: then moments lie near the beginning.
  KeptPictures(bool is_wanted, std::int64_t expected_frames);

  void look_at(const AlignedFrames& frames, const std::vector<RegionFace>& faces, const PictureMeasures& restored);

  /// Those that turned out to be the same frame are there once.
  std::vector<ComparedPictures> pictures() const;
  const std::vector<ComparedPictures>& crops() const { return crops_; }

 private:
  using Rated = std::pair<double, ComparedPictures>;

  void rate(const AlignedFrames& frames, double error);
  void keep_faces(const AlignedFrames& frames, const std::vector<RegionFace>& faces);

  bool is_wanted_;
  std::set<std::int64_t> whole_moments_, face_moments_;
  bool rates_faces_ = false;  ///< once there was a face, frames are judged by their faces
  std::optional<Rated> worst_, best_;
  std::vector<Rated> moments_;
  std::set<std::int64_t> tracks_;
  std::vector<ComparedPictures> first_of_tracks_;
  std::vector<ComparedPictures> crops_;
};

}  // namespace reelface
