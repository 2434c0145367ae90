// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>

#include "aligned_frames.h"
#include "comparison_totals.h"
#include "evidence/compare_videos.h"

namespace reelface {

/// How far each face is from itself in the reference: cut out of every file along the reference's points, described,
/// and held against the reference's description. Faces without points are left out.
void measure_identity_into(ComparisonRow& row, const std::vector<RegionFace>& faces, const AlignedFrames& frames,
                           const FaceDescriptor& descriptor);

/// Adds up identity by face, and tells which faces are one person.
class IdentityTotals {
 public:
  void add(const ComparisonRow& row);
  std::vector<FaceIdentity> faces() const;

 private:
  struct Entry {
    FiniteMean restored, input;
    std::vector<std::pair<FaceDescription, double>> descriptions;  ///< of the reference; the first few
    std::int64_t first_frame = 0, last_frame = 0, measured = 0;
  };
  std::map<std::int64_t, Entry> entries_;
};

}  // namespace reelface
