#pragma once

#include <set>

#include "reelface/evidence/compare_videos.h"

namespace reelface {

/// Keeps a few frames and face crops of a comparison for its report. Bounded, whatever the length.
class KeptPictures {
 public:
  /// `expected_frames` 0 = unknown: then early frames are kept.
  KeptPictures(int pictures, std::int64_t expected_frames);

  void look_at(std::int64_t frame, const MeasurablePicture& restored, const MeasurablePicture& reference,
               const MeasurablePicture* input, const std::vector<RegionFace>& faces);

  std::vector<ComparedPictures> pictures;
  std::vector<ComparedPictures> crops;

 private:
  std::set<std::int64_t> whole_, faces_;
  std::set<std::int64_t> tracks_;
};

}  // namespace reelface
