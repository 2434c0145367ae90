// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "aligned_frames.h"
#include "evidence/compare_videos.h"

namespace reelface {

/// What measuring one moment needs besides the frames.
struct MomentSettings {
  bool luma_as_stored = true;
  bool has_reference = true;  ///< false: the input stands in for it
  MeasureSet set = MeasureSet::kAll;
  const FaceRegions* regions = nullptr;        ///< null: no faces
  const NiqeModel* niqe = nullptr;             ///< null: not measured
  const FaceDescriptor* descriptor = nullptr;  ///< null: identity is not measured
};

/// One moment of all files, ready to be measured.
struct Moment {
  std::int64_t number = 0;
  double seconds = 0;
  MeasurablePicture reference, restored;
  std::optional<MeasurablePicture> input;
  std::vector<RegionFace> faces;
  std::vector<Box> boxes;
};

Moment make_moment(const AlignedFrames& frames, std::vector<RegionFace> faces, const MomentSettings& settings);

/// Everything that needs this moment only.
ComparisonRow measure_alone(const Moment& moment, const AlignedFrames& frames, const MomentSettings& settings);

/// Adds how the files went over from the moment before. Without a clean film, `reference` is the input: its own steps
/// are then the input's.
void measure_step_into(ComparisonRow& row, const Moment& before, const Moment& now, bool reference_is_input);

}  // namespace reelface
