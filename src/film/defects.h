#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace reelface {

/// Dirt is dark or light: on the print or on the negative.
enum class DefectSign { kDark, kLight };

/// Something that is in one frame only.
struct Defect {
  cv::Rect box;
  int area = 0;         ///< samples
  double contrast = 0;  ///< grey levels, on average
  DefectSign sign = DefectSign::kDark;
};

struct DefectMap {
  cv::Mat mask;  ///< CV_8U, 255 where something is to be repaired
  std::vector<Defect> defects;
};

struct DefectOptions {
  double contrast = 14;         ///< grey levels that something must stand out by
  double noise = 2;             ///< of the picture, rms; what stands out less than four times as much is grain
  double largest_share = 0.02;  ///< of the picture: a larger spot is no spot
};

/// One frame and those before and after it, moved onto it along the motion; grey, CV_32F, 0..255.
struct MatchedFrames {
  cv::Mat before;
  cv::Mat now;
  cv::Mat after;
};

/// Finds what stands out from both neighbours, in the same direction, where the neighbours agree with each other. What
/// is found elsewhere in both neighbours, on a straight path through here, moves and is left alone; so is everything
/// where so much stands out that it must be rain, confetti or motion that was not followed. Pure.
DefectMap find_defects(const MatchedFrames& frames, const DefectOptions& options);

}  // namespace reelface
