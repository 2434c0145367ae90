// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include "film/tone_change.h"

namespace reelface {

/// Where a picture's tones begin and end, in grey levels of 0..255; a few samples in a thousand lie beyond.
struct ToneRange {
  double black = 0;
  double white = 255;
  double middle = 0;  ///< half of the samples are darker; 0: not known
};

/// Of a picture (CV_32F, 0..255), without its border, where scans show the gate. Pure.
ToneRange measure_tone_range(const cv::Mat& grey);

/// How surely a film has faded, 0..1. Raised blacks tell a faded film from a dark or a misty scene.
double faded_share(const ToneRange& range);

/// The range that its tones should have again: the less it has faded, the more they stay.
ToneRange unfaded(const ToneRange& range);

/// What has to be taken back (see toned_frame.h) so that a faded film has its contrast again; nothing at all where its
/// blacks are not raised. `range` is that of a shot, `own` that of the frame: no more is done than leaves it unclipped.
ToneChange fading_of(const ToneRange& range, const ToneRange& own);
inline ToneChange fading_of(const ToneRange& range) {
  return fading_of(range, range);
}

}  // namespace reelface
