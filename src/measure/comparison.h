// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "measure/motion.h"
#include "measure/steadiness.h"
#include "reelface/core/face.h"
#include "reelface/measure/sample_plane.h"

namespace reelface {

inline constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();

/// Whether two files' luma codes mean the same brightness, so that they may be compared as they are stored, as ffmpeg
/// does. Otherwise luma is made from RGB.
bool have_equal_codes(const FrameFacts& left, const FrameFacts& right);

/// How much is measured.
enum class MeasureSet {
  kAll,
  kBasic  ///< PSNR and SSIM of luma, of the whole picture and of faces: many times faster
};

/// One frame made ready for measuring. Values 0..1. With MeasureSet::kBasic there is luma only.
struct MeasurablePicture {
  RgbImageF rgb;
  SamplePlane luma;  ///< stored codes over their peak, or from RGB
  RgbImageF small;   ///< long side at most kSmallSide: what is compared from frame to frame
  SamplePlane small_luma;

  static constexpr int kSmallSide = 960;
};

MeasurablePicture measurable_picture(const Frame& frame, bool luma_as_stored, MeasureSet set = MeasureSet::kAll);

/// How close one picture is to the reference. NaN: does not apply.
struct PictureMeasures {
  double error_luma = kNoValue;  ///< mean squared error, of 1
  double error_rgb = kNoValue;
  double ssim = kNoValue;
  double ms_ssim = kNoValue;
  double sharpness = kNoValue;   ///< gradient energy over the reference's
  double colour = kNoValue;      ///< mean CIEDE2000
  double face_error = kNoValue;  ///< means over the faces, each counting the same
  double face_ssim = kNoValue;
  double face_sharpness = kNoValue;
  double face_brightness = kNoValue;  ///< mean luma of the faces minus the reference's
  int faces = 0;
  std::vector<double> each_face_error;  ///< one for each box given, NaN for those that do not count
};

/// `faces` are boxes in the pictures' own pixels; what lies outside the picture is cut off, and what is left of less
/// than 11x11 pixels does not count.
PictureMeasures measure_picture(const MeasurablePicture& picture, const MeasurablePicture& reference,
                                const std::vector<Box>& faces, MeasureSet set = MeasureSet::kAll);

/// How one picture goes over into the next, measured along the reference's motion.
struct StepMeasures {
  double warping_error = kNoValue;       ///< mean squared, of 1
  double face_warping_error = kNoValue;  ///< the same inside the faces
  double motion_difference = kNoValue;   ///< tOF, pixels of the full picture; 0 for the reference itself
  StaticFlicker flicker;
};

/// What all videos of one comparison share between two frames.
struct ReferenceStep {
  FrameMotion motion;                 ///< of the small pictures
  std::vector<std::uint8_t> in_face;  ///< 1 inside a face; empty without faces
  FlowField coarse_motion;            ///< for tOF, of still smaller pictures
};

ReferenceStep reference_step(const MeasurablePicture& now, const MeasurablePicture& next,
                             const std::vector<Box>& faces);

StepMeasures measure_step(const MeasurablePicture& now, const MeasurablePicture& next,
                          const MeasurablePicture& reference_now, const MeasurablePicture& reference_next,
                          const ReferenceStep& step);

}  // namespace reelface
