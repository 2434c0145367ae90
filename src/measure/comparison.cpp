// SPDX-License-Identifier: Apache-2.0
#include "measure/comparison.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "measure/colour_difference.h"
#include "opencv_view.h"
#include "reelface/image/frame_picture.h"
#include "reelface/measure/fidelity.h"

namespace reelface {
namespace {

constexpr int kSmallestFace = 11;  // one SSIM window
constexpr double kColourSamples = 40000;
constexpr int kMotionSide = 320;

/// The part of a face's box, each way, that counts as the face: in the corners is what surrounds it and nobody
/// restored.
constexpr float kFaceOfBox = 0.75F;

/// Whole pixels of the face; empty when nothing usable is left inside the picture.
cv::Rect face_area(const Box& box, int width, int height) {
  const auto clamped = [](float value, int most) {
    return static_cast<int>(std::clamp(std::round(static_cast<double>(value)), 0.0, static_cast<double>(most)));
  };
  const float border_x = box.width * (1 - kFaceOfBox) / 2, border_y = box.height * (1 - kFaceOfBox) / 2;
  const int left = clamped(box.x + border_x, width), right = clamped(box.x + box.width - border_x, width);
  const int top = clamped(box.y + border_y, height), bottom = clamped(box.y + box.height - border_y, height);
  return {left, top, std::max(0, right - left), std::max(0, bottom - top)};
}

SamplePlane stored_luma(const Frame& frame) {
  SamplePlane luma = component_plane(frame, 0);
  const auto scale = static_cast<float>(1 / peak_of(frame.facts().layout.bit_depth()));
  for (float& sample : luma.samples) sample *= scale;
  return luma;
}

void clamp_to_unit(RgbImageF& picture) {
  for (float& sample : picture.samples) sample = std::min(1.0F, std::max(0.0F, sample));
}

RgbImageF reduced(const RgbImageF& picture, int long_side) {
  const int longer = std::max(picture.width, picture.height);
  if (longer <= long_side) return picture;
  const double scale = static_cast<double>(long_side) / longer;
  RgbImageF small(std::max(1, cvRound(picture.width * scale)), std::max(1, cvRound(picture.height * scale)));
  cv::Mat target = opencv_view(small.view());
  cv::resize(opencv_view(picture.view()), target, target.size(), 0, 0, cv::INTER_AREA);
  return small;
}

SamplePlane reduced(const SamplePlane& plane, cv::Size size) {
  SamplePlane small(size.width, size.height);
  cv::Mat target = opencv_view(small.view());
  cv::resize(opencv_view(plane.view()), target, size, 0, 0, cv::INTER_AREA);
  return small;
}

/// Motion for tOF, measured on a small copy.
FlowField coarse_motion(const MeasurablePicture& now, const MeasurablePicture& next) {
  const int longer = std::max(now.small.width, now.small.height);
  const double scale = std::min(1.0, static_cast<double>(kMotionSide) / longer);
  const cv::Size size(std::max(1, cvRound(now.small.width * scale)), std::max(1, cvRound(now.small.height * scale)));
  return farneback_motion(reduced(now.small_luma, size).view(), reduced(next.small_luma, size).view(), 1);
}

/// A mean over a film does not need every pixel of every frame.
int colour_step(const RgbImageF& picture) {
  const double pixels = static_cast<double>(picture.width) * picture.height;
  return std::max(1, cvRound(std::sqrt(pixels / kColourSamples)));
}

struct Mean {
  double sum = 0;
  int count = 0;
  void add(double value) {
    sum += value;
    ++count;
  }
  double value() const { return count > 0 ? sum / count : kNoValue; }
};

void measure_faces(const MeasurablePicture& picture, const MeasurablePicture& reference, const std::vector<Box>& faces,
                   MeasureSet set, PictureMeasures& measures) {
  Mean error, similarity, sharpness, brightness;
  for (const Box& face : faces) {
    measures.each_face_error.push_back(kNoValue);
    const cv::Rect area = face_area(face, picture.luma.width, picture.luma.height);
    if (area.width < kSmallestFace || area.height < kSmallestFace) continue;
    const SampleView mine = picture.luma.view().part(area.x, area.y, area.width, area.height);
    const SampleView clean = reference.luma.view().part(area.x, area.y, area.width, area.height);
    measures.each_face_error.back() = mean_squared_error(mine, clean);
    error.add(measures.each_face_error.back());
    similarity.add(ssim(mine, clean, 1).value_or(0));
    if (set == MeasureSet::kBasic) continue;
    brightness.add(mean_of(mine) - mean_of(clean));
    const double ratio = sharpness_ratio(mine, clean);
    if (std::isfinite(ratio)) sharpness.add(ratio);
  }
  measures.faces = error.count;
  measures.face_error = error.value();
  measures.face_ssim = similarity.value();
  measures.face_sharpness = sharpness.value();
  measures.face_brightness = brightness.value();
}

}  // namespace

bool have_equal_codes(const FrameFacts& left, const FrameFacts& right) {
  const auto is_full = [](const FrameFacts& facts) {
    return facts.colour.range == ColourRange::kFull || facts.layout.name.rfind("yuvj", 0) == 0;
  };
  return left.layout.family != ColourFamily::kRgb && left.layout.family == right.layout.family &&
         left.layout.bit_depth() == right.layout.bit_depth() && is_full(left) == is_full(right);
}

MeasurablePicture measurable_picture(const Frame& frame, bool luma_as_stored, MeasureSet set) {
  MeasurablePicture picture;
  if (set == MeasureSet::kBasic && luma_as_stored) {
    picture.luma = stored_luma(frame);
    return picture;
  }
  picture.rgb = frame_picture(frame);
  clamp_to_unit(picture.rgb);
  picture.luma = luma_as_stored ? stored_luma(frame) : luma_of(picture.rgb.view());
  if (set == MeasureSet::kBasic) return picture;
  picture.small = reduced(picture.rgb, MeasurablePicture::kSmallSide);
  picture.small_luma = picture.small.width == picture.luma.width && picture.small.height == picture.luma.height
                           ? picture.luma
                           : reduced(picture.luma, {picture.small.width, picture.small.height});
  return picture;
}

PictureMeasures measure_picture(const MeasurablePicture& picture, const MeasurablePicture& reference,
                                const std::vector<Box>& faces, MeasureSet set) {
  const SampleView mine = picture.luma.view(), clean = reference.luma.view();
  PictureMeasures measures;
  measures.error_luma = mean_squared_error(mine, clean);
  measures.ssim = ssim(mine, clean, 1).value_or(kNoValue);
  measure_faces(picture, reference, faces, set, measures);
  if (set == MeasureSet::kBasic) return measures;
  measures.error_rgb = mean_squared_error(picture.rgb.view(), reference.rgb.view());
  measures.ms_ssim = ms_ssim(mine, clean, 1).value_or(kNoValue);
  measures.sharpness = sharpness_ratio(mine, clean);
  measures.colour = mean_colour_difference(picture.rgb.view(), reference.rgb.view(), colour_step(picture.rgb));
  return measures;
}

ReferenceStep reference_step(const MeasurablePicture& now, const MeasurablePicture& next,
                             const std::vector<Box>& faces) {
  ReferenceStep step;
  step.motion = estimate_motion(now.small_luma.view(), next.small_luma.view(), 1);
  step.coarse_motion = coarse_motion(now, next);
  if (faces.empty()) return step;
  const int width = now.small.width, height = now.small.height;
  step.in_face.assign(std::size_t{1} * width * height, 0);
  cv::Mat mask(height, width, CV_8U, step.in_face.data());
  const float scale = static_cast<float>(width) / static_cast<float>(now.luma.width);
  for (const Box& face : faces) {
    const cv::Rect area =
        face_area({face.x * scale, face.y * scale, face.width * scale, face.height * scale}, width, height);
    mask(area) = 1;
  }
  return step;
}

StepMeasures measure_step(const MeasurablePicture& now, const MeasurablePicture& next,
                          const MeasurablePicture& reference_now, const MeasurablePicture& reference_next,
                          const ReferenceStep& step) {
  StepMeasures measures;
  const WarpingError whole = warping_error(now.small.view(), next.small.view(), step.motion);
  if (whole.samples > 0) measures.warping_error = whole.mean();
  if (!step.in_face.empty()) {
    FrameMotion faces_only{step.motion.forward, {}, step.motion.seen};
    for (std::size_t i = 0; i < faces_only.seen.size(); ++i) faces_only.seen[i] &= step.in_face[i];
    const WarpingError inside_faces = warping_error(now.small.view(), next.small.view(), faces_only);
    if (inside_faces.samples > 0) measures.face_warping_error = inside_faces.mean();
  }
  measures.flicker = static_flicker(now.small_luma.view(), next.small_luma.view(), reference_now.small_luma.view(),
                                    reference_next.small_luma.view());
  if (&now == &reference_now && &next == &reference_next) {
    measures.motion_difference = 0;
    return measures;
  }
  measures.motion_difference =
      motion_difference(coarse_motion(now, next), step.coarse_motion) * now.luma.width / step.coarse_motion.width;
  return measures;
}

}  // namespace reelface
