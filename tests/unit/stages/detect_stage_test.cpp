// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/detect_stage.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "reelface/image/frame.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

TEST(DetectionLongSide, GrowsOnlyWhereSmallerFacesAreAskedFor) {
  EXPECT_EQ(detection_long_side(1280, 24), 640);
  EXPECT_EQ(detection_long_side(320, 24), 640);
  EXPECT_EQ(detection_long_side(1920, 48), 640);
  EXPECT_EQ(detection_long_side(1920, 24), 960);
  EXPECT_EQ(detection_long_side(3840, 24), 1920);
  EXPECT_EQ(detection_long_side(7680, 10), 2560);
  EXPECT_EQ(detection_long_side(1920, 0), 2560);
}

/// Sees one face, a tenth of the picture wide and in its middle, and notes what it was shown.
class Middle : public FaceDetector {
 public:
  std::vector<std::vector<Face>> detect(const std::vector<RgbView8>& pictures) const override {
    std::vector<std::vector<Face>> found;
    for (const RgbView8& picture : pictures) {
      widths.push_back(picture.width);
      Face face;
      const auto side = static_cast<float>(picture.width) / 10;
      const Point middle{static_cast<float>(picture.width - 1) / 2, static_cast<float>(picture.height - 1) / 2};
      face.box = {middle.x - side / 2, middle.y - side / 2, side, side};
      face.points = {{{middle.x - side / 4, middle.y}, {middle.x + side / 4, middle.y}, middle, middle, middle}};
      face.score = 0.9F;
      found.push_back({face});
    }
    return found;
  }

  mutable std::vector<int> widths;
};

FrameGroup group_of(int width, int height, int frames) {
  FrameFacts facts;
  facts.width = width;
  facts.height = height;
  facts.layout = pixel_layout("yuv420p");
  FrameGroup group;
  for (int index = 0; index < frames; ++index) {
    FrameJob& job = group.jobs.emplace_back();
    job.index = index;
    job.frame = allocate_frame(facts);
  }
  return group;
}

TEST(DetectStage, FindsTheSamePlaceOnAnyCopyAndKeepsTheSmallOne) {
  for (const int long_side : {640, 960, 1920}) {
    const auto detector = std::make_shared<Middle>();
    FrameGroup group = group_of(1920, 1080, 3);
    make_detect_stage(detector, {long_side, 2}).run(group);
    EXPECT_EQ(detector->widths, (std::vector<int>{long_side, long_side}));
    for (const FrameJob& job : group.jobs) {
      const FaceWork& work = *job.work.get<FaceWork>();
      EXPECT_EQ(work.picture.width, 640);
      EXPECT_EQ(work.looked, job.index % 2 == 0);
      const Point corner = work.picture_to_display.apply(Point{639.5F, 359.5F});
      EXPECT_NEAR(corner.x, 1919.5, 0.01);
      EXPECT_NEAR(corner.y, 1079.5, 0.01);
      ASSERT_EQ(work.observed.size(), work.looked ? 1U : 0U);
      if (!work.looked) continue;
      const Box& box = work.observed[0].face.box;
      EXPECT_NEAR(box.x + box.width / 2, 959.5, 0.01);
      EXPECT_NEAR(box.y + box.height / 2, 539.5, 0.01);
      EXPECT_NEAR(box.width, 192, 0.01);
    }
  }
}

}  // namespace
}  // namespace reelface
