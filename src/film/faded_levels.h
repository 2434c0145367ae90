#pragma once

#include <opencv2/core.hpp>

#include "film/tone_change.h"

namespace reelface {

/// Where a picture's tones begin and end, in grey levels of 0..255; a few samples in a thousand lie beyond.
struct ToneRange {
  double black = 0;
  double white = 255;
};

/// Of a picture (CV_32F, 0..255), without its border, where scans show the gate. Pure.
ToneRange measure_tone_range(const cv::Mat& grey);

/// What has to be taken back (see toned_frame.h) so that a faded film has its contrast again. Raised blacks tell a
/// faded film from a dark or a misty scene: the less they are raised, the less is done; nothing at all where they are
/// not.
ToneChange fading_of(const ToneRange& range);

}  // namespace reelface
