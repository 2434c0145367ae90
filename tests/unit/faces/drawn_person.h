// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/imgproc.hpp>

#include "unit/faces/scripted_scene.h"

namespace reelface::testing {

inline RgbView8 pixels(const cv::Mat& picture) {
  return {picture.data, picture.cols, picture.rows, static_cast<std::ptrdiff_t>(picture.step1())};
}

/// Somebody drawn: skin, hair, eyes, mouth and collar, from a seed.
inline void draw_person(cv::Mat& picture, const TruePose& pose, unsigned seed) {
  cv::RNG random(seed * 6364136223846793005ULL + 1442695040888963407ULL);
  const double size = pose.size;
  const auto place = [&](double x, double y) {
    return cv::Point(cvRound(16 * (pose.x + x * size)), cvRound(16 * (pose.y + y * size)));
  };
  const auto blob = [&](double x, double y, double wide, double high, const cv::Scalar& colour) {
    const cv::Size axes(cvRound(16 * wide * size), cvRound(16 * high * size));
    cv::ellipse(picture, place(x, y), axes, 0, 0, 360, colour, cv::FILLED, cv::LINE_AA, 4);
  };
  const double skin = random.uniform(90.0, 210.0);
  const cv::Scalar skin_colour(skin, 0.8 * skin, 0.65 * skin), hair = cv::Scalar::all(random.uniform(15, 190));
  blob(0, 1.0, 0.9, 0.45, cv::Scalar::all(random.uniform(20, 235)));
  blob(0, -0.12, random.uniform(0.42, 0.62), random.uniform(0.55, 0.8), hair);
  blob(0, 0.1, random.uniform(0.36, 0.44), random.uniform(0.48, 0.58), skin_colour);
  if (random.uniform(0, 2) == 1) blob(0, 0.48, 0.3, random.uniform(0.1, 0.22), 0.4 * skin_colour);
  const double eyes = random.uniform(0.2, 0.7);
  for (const double side : {-0.17, 0.17}) blob(side, 0, 0.09, random.uniform(0.04, 0.08), eyes * skin_colour);
  blob(0, 0.38, random.uniform(0.08, 0.2), random.uniform(0.03, 0.07), random.uniform(0.3, 0.7) * skin_colour);
}

/// Noise for any frame: cut out of one large field in another place each time, for drawing it anew costs more than all
/// else.
inline cv::Mat noise_of(int frame, double sigma) {
  static const cv::Mat field = [] {
    cv::Mat values(420, 760, CV_16SC3);
    cv::RNG(99).fill(values, cv::RNG::NORMAL, 0, 100);
    return values;
  }();
  cv::Mat scaled;
  field(cv::Rect(frame * 37 % 120, frame * 23 % 60, 640, 360)).convertTo(scaled, CV_16S, sigma / 100);
  return scaled;
}

/// Grain added; a new picture.
inline cv::Mat noisy(const cv::Mat& picture, int frame, double sigma) {
  cv::Mat sum;
  cv::add(picture, noise_of(frame, sigma), sum, cv::noArray(), CV_8U);
  return sum;
}

}  // namespace reelface::testing
