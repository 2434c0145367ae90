// SPDX-License-Identifier: Apache-2.0
#include "faces/crop_quality.h"

#include <gtest/gtest.h>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "support/shared_folder.h"

namespace reelface {
namespace {

RgbViewF pixels(const cv::Mat& crop) {
  return {crop.ptr<float>(), crop.cols, crop.rows, static_cast<std::ptrdiff_t>(crop.step1())};
}

/// A stand-in for a face: fine strokes at eyes and mouth on soft shading.
cv::Mat drawn_face() {
  cv::Mat face(256, 256, CV_32FC3, cv::Scalar::all(0.55));
  cv::circle(face, {128, 140}, 90, cv::Scalar(0.75, 0.6, 0.5), cv::FILLED, cv::LINE_AA);
  cv::GaussianBlur(face, face, {}, 12);
  for (int stroke = 0; stroke < 10; ++stroke) {
    for (const cv::Point centre : {cv::Point(96, 118), cv::Point(160, 118), cv::Point(128, 185)}) {
      const cv::Point from(centre.x - 18 + 4 * stroke, centre.y - 6), to(centre.x - 20 + 4 * stroke, centre.y + 6);
      cv::line(face, from, to, cv::Scalar::all(0.15 + 0.05 * (stroke % 3)), 1, cv::LINE_AA);
    }
  }
  return face;
}

cv::Mat coarser(const cv::Mat& face, int side) {
  cv::Mat small, large;
  cv::resize(face, small, {side, side}, 0, 0, cv::INTER_AREA);
  cv::resize(small, large, face.size(), 0, 0, cv::INTER_CUBIC);
  return large;
}

cv::Mat noisy(const cv::Mat& face, double levels) {
  cv::Mat noise(face.size(), face.type());
  cv::RNG(77).fill(noise, cv::RNG::NORMAL, 0, levels / 255);
  return face + noise;
}

TEST(CropQuality, SharpnessFallsWithDetail) {
  double before = 10;
  for (int side : {256, 160, 96, 48}) {
    const double sharpness = measure_crop_quality(pixels(coarser(drawn_face(), side))).sharpness;
    EXPECT_LT(sharpness, before) << side;
    before = sharpness;
  }
  EXPECT_LT(before, 0.2);
}

TEST(CropQuality, NoiseIsNotTakenForSharpness) {
  const cv::Mat soft = coarser(drawn_face(), 64);
  const CropQuality clean = measure_crop_quality(pixels(soft)), grained = measure_crop_quality(pixels(noisy(soft, 10)));
  EXPECT_LT(grained.sharpness, clean.sharpness + 0.15);
  EXPECT_GT(grained.noise_levels, clean.noise_levels + 2);
}

TEST(CropQuality, OddCropsAreHarmless) {
  EXPECT_EQ(measure_crop_quality({}).sharpness, 0);
  EXPECT_EQ(measure_crop_quality(pixels(cv::Mat(16, 16, CV_32FC3, cv::Scalar::all(0.5)))).sharpness, 0);
  EXPECT_NEAR(measure_crop_quality(pixels(cv::Mat(64, 64, CV_32FC3, cv::Scalar::all(0.5)))).sharpness, 0, 1e-6);
  EXPECT_TRUE(std::isfinite(
      measure_crop_quality(pixels(noisy(cv::Mat(33, 47, CV_32FC3, cv::Scalar::all(0.5)), 40))).sharpness));
}

TEST(CropQuality, ToldRightOnAPortrait) {
  REELFACE_NEED_SHARED(path, "portraits/amy-klobuchar.jpg");
  cv::Mat picture = cv::imread(path, cv::IMREAD_COLOR), crop;
  picture.convertTo(picture, CV_32F, 1 / 255.0);
  cv::cvtColor(picture, picture, cv::COLOR_BGR2RGB);
  cv::resize(picture, crop, {256, 256}, 0, 0, cv::INTER_AREA);
  EXPECT_GT(measure_crop_quality(pixels(crop)).sharpness, 0.45);
  EXPECT_LT(measure_crop_quality(pixels(coarser(crop, 96))).sharpness, 0.3);
  EXPECT_LT(measure_crop_quality(pixels(noisy(coarser(crop, 96), 10))).sharpness, 0.35);
}

TEST(CropQualityHistory, IsSteadyAndForgets) {
  CropQualityHistory history;
  EXPECT_EQ(history.add(1, 0, {0.5, 2}).sharpness, 0.5);
  CropQuality mean;
  for (int frame = 1; frame < 100; ++frame) mean = history.add(1, frame * 0.04, {frame % 2 == 0 ? 0.4 : 0.6, 2});
  EXPECT_NEAR(mean.sharpness, 0.5, 0.02);
  EXPECT_EQ(history.add(2, 4, {0.9, 9}).sharpness, 0.9);  // another face
  EXPECT_EQ(history.add(1, 50, {0.1, 1}).sharpness, 0.1);

  CropQualityHistory late;
  for (int frame = 60; frame < 100; ++frame) {
    mean = late.add(7, frame * 0.04, {frame % 3 == 0 ? 0.4 : 0.6, 2});
  }
  CropQualityHistory whole;
  CropQuality expected;
  for (int frame = 0; frame < 100; ++frame) expected = whole.add(3, frame * 0.04, {frame % 3 == 0 ? 0.4 : 0.6, 2});
  EXPECT_EQ(mean.sharpness, expected.sharpness);
}

}  // namespace
}  // namespace reelface
