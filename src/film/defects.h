#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "film/matched_frames.h"

namespace reelface {

/// Dirt is dark or light: on the print or on the negative.
enum class DefectSign { kDark, kLight };

/// Something that is in one frame only.
struct Defect {
  cv::Rect box;
  cv::Mat mask;         ///< CV_8U, of the box' size: 255 where it is
  int area = 0;         ///< samples
  double contrast = 0;  ///< grey levels, on average
  DefectSign sign = DefectSign::kDark;
  int filled_from = 0;  ///< which frame shows what it hides: −1 is the one before
  Motion motion;        ///< of the box: where in that frame
  double light = 0;     ///< grey levels by which this frame is brighter than that one, around the defect
};

struct DefectOptions {
  double contrast = 12;         ///< grey levels that something must stand out by
  double largest_share = 0.02;  ///< of the picture: a larger spot is no spot
};

/// Finds what stands out from both references, in the same direction, where these agree with each other. What is found
/// elsewhere in both, on a straight path through here, moves and is left alone; so is everything where so much stands
/// out that it must be rain, confetti or motion that was not followed. `frames` are changed: motion is bridged over
/// what was found.
std::vector<Defect> find_defects(MatchedFrames& frames, const DefectOptions& options);

}  // namespace reelface
