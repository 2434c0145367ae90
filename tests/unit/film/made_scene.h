// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <opencv2/core.hpp>
#include <vector>

#include "reelface/image/frame.h"

namespace reelface::testing {

/// A landscape without an end, with detail of all sizes, that can be seen from places finer than a pixel exactly.
class Scenery {
 public:
  explicit Scenery(int seed) {
    cv::RNG random(static_cast<std::uint64_t>(seed));
    for (int i = 0; i < 48; ++i) {
      const double length = 4 * std::pow(30.0, random.uniform(0.0, 1.0)), angle = random.uniform(0.0, CV_PI);
      const double wave = 2 * CV_PI / length;
      waves_.push_back({wave * std::cos(angle), wave * std::sin(angle), random.uniform(0.0, 2 * CV_PI),
                        1.6 * std::pow(length, 0.4)});
    }
  }

  /// Grey around 120.
  cv::Mat seen_from(cv::Point2d corner, cv::Size size) const {
    cv::Mat picture(size, CV_32F, cv::Scalar(120));
    std::vector<float> sines(size.width), cosines(size.width);
    for (const Wave& wave : waves_) {
      for (int x = 0; x < size.width; ++x) {
        sines[x] = static_cast<float>(std::sin(wave.x * (corner.x + x)));
        cosines[x] = static_cast<float>(std::cos(wave.x * (corner.x + x)));
      }
      for (int y = 0; y < size.height; ++y) {
        const double down = wave.y * (corner.y + y) + wave.phase;
        const auto by_sine = static_cast<float>(wave.height * std::cos(down));
        const auto by_cosine = static_cast<float>(wave.height * std::sin(down));
        auto* row = picture.ptr<float>(y);
        for (int x = 0; x < size.width; ++x) row[x] += by_sine * sines[x] + by_cosine * cosines[x];
      }
    }
    return picture;
  }

 private:
  struct Wave {
    double x, y, phase, height;
  };

  std::vector<Wave> waves_;
};

inline cv::Mat with_noise(const cv::Mat& picture, double sigma, int seed) {
  cv::RNG random(static_cast<std::uint64_t>(seed));
  cv::Mat noise(picture.size(), CV_32F);
  random.fill(noise, cv::RNG::NORMAL, 0, sigma);
  return picture + noise;
}

/// A picture as a grey frame.
inline Frame frame_of(const cv::Mat& picture) {
  FrameFacts facts;
  facts.width = picture.cols;
  facts.height = picture.rows;
  facts.layout = pixel_layout("gray");
  facts.colour.range = ColourRange::kFull;
  Frame frame = allocate_frame(facts);
  const Plane plane = frame.plane(0);
  cv::Mat samples(picture.size(), CV_8U, plane.data, static_cast<std::size_t>(plane.stride));
  picture.convertTo(samples, CV_8U);
  return frame;
}

}  // namespace reelface::testing
