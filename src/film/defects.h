// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "film/matched_frames.h"

namespace reelface {

/// Dirt is dark or light: on the print or on the negative.
enum class DefectSign { kDark, kLight };

/// Something that stands out, whether it is a defect or not.
struct StandingOut {
  cv::Rect box;
  int area = 0;         ///< samples
  double contrast = 0;  ///< grey levels, on average
  DefectSign sign = DefectSign::kDark;
};

/// Something that is in one frame only.
struct Defect {
  cv::Rect box;
  cv::Mat mask;            ///< CV_8U, of the box' size: 255 where it is
  StandingOut found;       ///< as it was found, without its faint edge
  int filled_from = 0;     ///< which frame shows what it hides: −1 is the one before
  Motion motion;           ///< of the box: where in that frame
  double light = 0;        ///< grey levels by which this frame is brighter than that one, around the defect
  double evidence = 0;     ///< for a defect, above 0; against it, below
  bool is_large = false;   ///< see large_defects.h
  cv::Mat light_by_place;  ///< CV_32F, of the box' size, in place of `light`, if it is not empty

  int area() const { return cv::countNonZero(mask); }
};

struct DefectOptions {
  double contrast = 12;         ///< grey levels that something must stand out by
  double largest_share = 0.02;  ///< of the picture: a larger spot is no spot
};

struct DefectSearch {
  std::vector<Defect> defects;
  std::vector<StandingOut> all;  ///< those that were left alone, too
};

/// What stands out from both references, in the same direction.
std::vector<Defect> spots_of(const MatchedFrames& frames, const DefectOptions& options);

/// Makes a spot a defect that can be filled: with its faint edge, and with the motion of the reference it is filled
/// from.
void take_up(Defect& spot, const MatchedFrames& frames);

/// What stands out from both references, in the same direction: all that may be a defect. `frames` are changed: motion
/// is bridged over what was found.
std::vector<Defect> find_spots(MatchedFrames& frames, const DefectOptions& options);

/// Finds what stands out from both references, in the same direction, and weighs what speaks for a defect: contrast;
/// and what against it: size, references that do not show the same around it, and the like of it near by. `frames` are
/// changed: motion is bridged over what was found.
DefectSearch find_defects(MatchedFrames& frames, const DefectOptions& options);

}  // namespace reelface
