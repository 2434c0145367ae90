// SPDX-License-Identifier: Apache-2.0
#include "people/descriptor_crop.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <random>

#include "people/view_score.h"
#include "reelface/faces/similarity.h"
#include "support/rgb_sample.h"

namespace reelface {
namespace {

using testing::sample_at;

RgbImageF noise(int size) {
  std::mt19937 random(5);
  std::uniform_real_distribution<float> level(0, 1);
  RgbImageF image(size, size);
  for (float& sample : image.samples) sample = level(random);
  return image;
}

TEST(DescriptorCrop, IsTheTemplatesPartAreaResized) {
  const RgbImageF crop = noise(512);
  const RgbImageF part = descriptor_crop(crop.view(), 150);
  const cv::Mat whole(512, 512, CV_32FC3, const_cast<float*>(crop.samples.data()));
  cv::Mat expected;
  cv::resize(whole(cv::Range(139, 465), cv::Range(93, 419)), expected, {150, 150}, 0, 0, cv::INTER_AREA);
  for (int y = 0; y < 150; ++y) {
    for (int x = 0; x < 150; ++x) {
      for (int c = 0; c < 3; ++c)
        ASSERT_NEAR(sample_at(part, x, y, c), expected.ptr<cv::Vec3f>(y)[x][c], 1e-5) << x << ", " << y << ", " << c;
    }
  }
}

TEST(DescriptorCrop, CropsOfAnySizeShowTheSamePlace) {
  // A slope stays the same slope, whatever the crop's size.
  for (const int size : {128, 256, 512, 1024}) {
    RgbImageF crop(size, size);
    for (int y = 0; y < size; ++y) {
      for (int x = 0; x < size; ++x) {
        sample_at(crop, x, y, 0) = static_cast<float>((x + 0.5) / size);
        sample_at(crop, x, y, 1) = static_cast<float>((y + 0.5) / size);
      }
    }
    const RgbImageF part = descriptor_crop(crop.view(), 150);
    for (const auto& [x, y] : {std::pair{0, 0}, {149, 0}, {75, 75}, {149, 149}, {3, 140}}) {
      EXPECT_NEAR(sample_at(part, x, y, 0), (93 + (x + 0.5) * 326 / 150) / 512, 1e-3) << size;
      EXPECT_NEAR(sample_at(part, x, y, 1), (139 + (y + 0.5) * 326 / 150) / 512, 1e-3) << size;
    }
  }
}

TEST(DescriptorCrop, CuttingFromAFrameAgrees) {
  const Affine map = template_to_descriptor_crop(150);
  const Position first = map.apply(Position{93 - 0.5, 139 - 0.5}), last = map.apply(Position{419 - 0.5, 465 - 0.5});
  EXPECT_NEAR(first.x, -0.5, 1e-9);
  EXPECT_NEAR(first.y, -0.5, 1e-9);
  EXPECT_NEAR(last.x, 149.5, 1e-9);
  EXPECT_NEAR(last.y, 149.5, 1e-9);
}

double variance(const RgbImageF& image) {
  double sum = 0, squares = 0;
  for (const float sample : image.samples) {
    sum += static_cast<double>(sample);
    squares += static_cast<double>(sample) * static_cast<double>(sample);
  }
  const auto count = static_cast<double>(image.samples.size());
  return squares / count - sum * sum / count / count;
}

TEST(SeenSmall, LosesWhatIsFinerThanThePixelsOfASmallFace) {
  const RgbImageF part = noise(150);
  // A part of 150 pixels shows a face of 139. One of 32 has 34.5 pixels where the part has 150: means of 19 samples.
  EXPECT_NEAR(face_size_of_part(150), 139, 0.5);
  const RgbImageF small = seen_small(part, 32);
  EXPECT_EQ(small.width, 150);
  EXPECT_LT(variance(small), variance(part) / 19);
  EXPECT_GT(variance(small), variance(part) / 19 / 4) << "more than the mean of neighbouring pixels is gone";
  EXPECT_LT(variance(seen_small(part, 32, 1)), 0.3 * variance(small));
}

TEST(SeenSmall, LargeFacesAreLeftAlone) {
  const RgbImageF part = noise(150);
  for (const double size : {139.0, 500.0}) {
    const RgbImageF same = seen_small(part, size);
    for (std::size_t i = 0; i < part.samples.size(); ++i) ASSERT_NEAR(same.samples[i], part.samples[i], 1e-6);
  }
}

TEST(SeenSmall, NothingMoves) {
  RgbImageF slope(150, 150);
  for (int y = 0; y < 150; ++y) {
    for (int x = 0; x < 150; ++x) sample_at(slope, x, y) = static_cast<float>(x + 2 * y);
  }
  const RgbImageF small = seen_small(slope, 40, 0.8);
  for (const auto& [x, y] : {std::pair{30, 40}, {75, 75}, {100, 60}}) {
    EXPECT_NEAR(sample_at(small, x, y), x + 2 * y, 0.05);
  }
}

TrackedFace good_view() {
  TrackedFace face;
  face.size_px = 200;
  face.confidence = 0.95;
  face.alignment.template_points = alignment_template(512);
  return face;
}

TEST(ViewScore, LikesLargeFrontalSureFaces) {
  const double best = view_score(good_view());
  EXPECT_GT(best, 0.8);
  TrackedFace face = good_view();
  face.size_px = 40;
  EXPECT_LT(view_score(face), 0.7 * best);
  face = good_view();
  face.confidence = 0.5;
  EXPECT_LT(view_score(face), 0.5 * best);
  face = good_view();
  face.alignment.template_points[2].x += 120;  // the nose far to the side
  EXPECT_LT(view_score(face), 0.8 * best);
  face = good_view();
  face.interpolated = true;
  EXPECT_EQ(view_score(face), 0);
}

}  // namespace
}  // namespace reelface
