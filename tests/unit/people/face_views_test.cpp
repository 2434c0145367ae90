// SPDX-License-Identifier: Apache-2.0
#include "people/face_views.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace reelface {
namespace {

/// Describes a crop by its brightness; what is too bright describes as nothing.
class DazzledDescriptor : public FaceDescriptor {
 public:
  int crop_size() const override { return 4; }
  std::vector<FaceDescription> describe(const std::vector<RgbViewF>& crops) const override {
    std::vector<FaceDescription> descriptions;
    for (const RgbViewF& crop : crops) {
      FaceDescription description{};
      const float seen = crop.samples[0];
      description[3] = seen > 0.9F ? std::numeric_limits<float>::infinity() : seen;
      descriptions.push_back(description);
    }
    return descriptions;
  }
};

FaceView view_of(float brightness, double size_px) {
  FaceView view{1, 1, size_px, RgbImageF(4, 4)};
  std::fill(view.crop.samples.begin(), view.crop.samples.end(), brightness);
  return view;
}

TEST(DescribeViews, ViewsThatDescribeAsNobodyDoNotCount) {
  const DescribedViews described = describe_views(DazzledDescriptor(), {view_of(0.2F, 50), view_of(1, 900)});
  EXPECT_EQ(described.confidence, 1);
  EXPECT_EQ(described.size_px, 50);
  EXPECT_NEAR(described.description[3], (0.2 + 0.6) / 2, 1e-6) << "the one view, and the mean of both";
}

TEST(DescribeViews, NobodyCouldTellWhereNoneDescribes) {
  const DescribedViews described = describe_views(DazzledDescriptor(), {view_of(1, 50), view_of(1, 60)});
  EXPECT_EQ(described.confidence, 0);
  EXPECT_EQ(described.description, FaceDescription{});
}

}  // namespace
}  // namespace reelface
