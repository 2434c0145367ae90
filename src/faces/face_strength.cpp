// SPDX-License-Identifier: Apache-2.0
#include "faces/face_strength.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/smooth_step.h"

namespace reelface {
namespace {

constexpr double kDegrees = 57.29577951308232;

Point middle(Point first, Point second) {
  return {(first.x + second.x) / 2, (first.y + second.y) / 2};
}

double size_factor(double size_px, const StrengthOptions& options) {
  double factor = 1;
  if (options.min_face_px > 0) factor *= smooth_step(0.85 * options.min_face_px, 1.15 * options.min_face_px, size_px);
  if (options.max_face_px > 0)
    factor *= 1 - smooth_step(0.85 * options.max_face_px, 1.15 * options.max_face_px, size_px);
  return factor;
}

double pose_factor(const std::array<Point, 5>& points) {
  const double turned = smooth_step(40, 75, std::abs(estimated_yaw_degrees(points)));
  // Where the nose stands between eyes and mouth tells a head thrown back or sunk; 0.56 is level.
  const Point eyes = middle(points[0], points[1]), mouth = middle(points[3], points[4]);
  const double height = mouth.y - eyes.y;
  const double nose = height > 1 ? (points[2].y - eyes.y) / height : 0;
  const double tilted = smooth_step(0.25, 0.5, std::abs(nose - 0.565));
  return (1 - 0.8 * turned) * (1 - 0.6 * tilted);
}

/// Measured on 60 portraits at 256 px: sharpness 0.51–0.88 (median 0.65) as they are, 0.27–0.37 at half the detail. A
/// sharp face with grain still has something to gain: clean ones have 2 levels of noise, with added noise of 8: 4.3.
double need_factor(const CropQuality& quality, const StrengthOptions& options) {
  const double sharp = smooth_step(options.sharp_from, options.sharp_to, quality.sharpness);
  const double clean = 1 - smooth_step(3, 6, quality.noise_levels);
  const double noisy = smooth_step(1, 3, quality.noise_levels);
  return (options.without_noise + (1 - options.without_noise) * noisy) * (1 - sharp * clean);
}

/// Measured: large faces in eight clips, old film and webcams among them, score 0.84 and more in the middle of their
/// track, and so do portraits of 36 px and more on the detector's copy; blurred plants taken for a face, 0.68 to 0.73.
/// In noise faces score no better than plants: 0.73 to 0.82 at 4.2 levels of it (a film shrunk to a third under strong
/// grain); the plants had 0.3 levels, and so had all clean clips.
double confidence_factor(double confidence, double size_px, double noise_levels, const StrengthOptions& options) {
  const double clear = smooth_step(80, 160, size_px) * (1 - smooth_step(1, 2.5, noise_levels));
  const auto raised = [clear](double score, double clear_score) {
    return score + clear * std::max(0.0, clear_score - score);
  };
  return smooth_step(raised(options.doubtful_score, options.clear_doubtful_score),
                     raised(options.sure_score, options.clear_sure_score), confidence);
}

}  // namespace

double estimated_yaw_degrees(const std::array<Point, 5>& points) {
  const Point eyes = middle(points[0], points[1]), mouth = middle(points[3], points[4]);
  const Point nose = points[2];
  const double height = std::hypot(mouth.x - eyes.x, mouth.y - eyes.y);
  const double width = std::hypot(points[1].x - points[0].x, points[1].y - points[0].y);
  if (height < 1 && width < 1) return 0;
  // The nose tip stands out by roughly half the distance of the eyes and moves sideways with the sine of the turn,
  // while the eyes come together with its cosine. Measured from the line through eyes and mouth at the nose's height.
  const double share = height >= 1 ? (nose.y - eyes.y) / height : 0.5;
  const double axis_x = eyes.x + share * (mouth.x - eyes.x);
  return kDegrees * std::atan2((nose.x - axis_x) / 0.5, std::max(width, 1.0));
}

StrengthFactors face_strength(const TrackedFace& face, const CropQuality& quality, const StrengthOptions& options) {
  StrengthFactors factors;
  factors.user = std::clamp(options.user, 0.0, 1.0);
  factors.size = size_factor(face.size_px, options);
  factors.pose = pose_factor(face.alignment.template_points);
  factors.need = need_factor(quality, options);
  factors.confidence = confidence_factor(face.confidence, face.size_px, quality.noise_levels, options);
  factors.presence = face.fade * face.selection;
  return factors;
}

std::string_view StrengthFactors::main_reason() const {
  const std::array<std::pair<double, std::string_view>, 7> named = {{{user, "user"},
                                                                     {size, "size"},
                                                                     {pose, "pose"},
                                                                     {need, "need"},
                                                                     {confidence, "confidence"},
                                                                     {presence, "presence"},
                                                                     {identity, "identity"}}};
  std::pair<double, std::string_view> smallest{0.99, "full"};
  for (const auto& factor : named) {
    if (factor.first < smallest.first) smallest = factor;
  }
  return smallest.second;
}

}  // namespace reelface
