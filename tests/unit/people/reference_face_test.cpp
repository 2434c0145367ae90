// SPDX-License-Identifier: Apache-2.0
#include "people/reference_face.h"

#include <gtest/gtest.h>

#include <random>

namespace reelface {
namespace {

/// Describes a crop by the variance of its samples, and counts.
class ContrastDescriptor : public FaceDescriptor {
 public:
  int crop_size() const override { return 150; }
  std::vector<FaceDescription> describe(const std::vector<RgbViewF>& crops) const override {
    std::vector<FaceDescription> descriptions;
    for (const RgbViewF& crop : crops) {
      ++described;
      descriptions.push_back({});
      for (std::ptrdiff_t at = 0; at < std::ptrdiff_t{3} * crop.width * crop.height; ++at)
        descriptions.back()[0] += crop.samples[at] * crop.samples[at];
    }
    return descriptions;
  }
  mutable int described = 0;
};

/// As much detail in every size of pixels.
RgbImageF noise() {
  std::mt19937 random(3);
  std::normal_distribution<float> level(0, 1);
  RgbImageF crop(150, 150);
  for (float& sample : crop.samples) sample = level(random);
  return crop;
}

class ReferenceFaceTest : public ::testing::Test {
 protected:
  float contrast(double size) { return face_.seen_at(size)[0]; }

  std::shared_ptr<ContrastDescriptor> descriptor_ = std::make_shared<ContrastDescriptor>();
  ReferenceFace face_{noise(), descriptor_};
};

TEST_F(ReferenceFaceTest, IsSeenAsItIsWhenNothingIsKnown) {
  const RgbImageF crop = noise();
  EXPECT_EQ(contrast(0), descriptor_->describe({crop.view()}).front()[0]);
}

TEST_F(ReferenceFaceTest, IsSeenTheSmallerTheSmallerTheFaceItIsHeldAgainst) {
  float before = contrast(0);
  for (const double size : {400.0, 139.0, 96.0, 64.0, 40.0, 24.0, 16.0}) {
    const float now = contrast(size);
    EXPECT_LT(now, before) << size;
    EXPECT_GT(now, 0) << size;
    before = now;
  }
  // A face of 32 px has 34.5 pixels where the crop has 150, and is softened on top of that.
  EXPECT_LT(contrast(32), contrast(0) / 19);
}

TEST_F(ReferenceFaceTest, ThereIsASmallestAndALargestSize) {
  EXPECT_EQ(contrast(1), contrast(16));
  EXPECT_EQ(contrast(5000), contrast(512));
}

TEST_F(ReferenceFaceTest, WorksThingsOutOnce) {
  for (int time = 0; time < 3; ++time) {
    for (const double size : {30.0, 60.0, 61.0, 200.0}) contrast(size);
  }
  EXPECT_EQ(descriptor_->described, 3);
}

}  // namespace
}  // namespace reelface
