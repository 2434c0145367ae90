// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/detect_stage.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "pipeline/stages/layout_stage.h"
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

/// The middles of what was found in the frame, in its own samples; it is neither turned nor stretched.
std::vector<Point> middles_of(const FrameJob& job) {
  std::vector<Point> middles;
  for (const ObservedFace& face : job.work.get<FaceWork>()->observed) middles.push_back(face.face.points[2]);
  return middles;
}

void expect_near(const Point& point, double x, double y) {
  EXPECT_NEAR(point.x, x, 0.05);
  EXPECT_NEAR(point.y, y, 0.05);
}

TEST(DetectStage, LooksIntoEachTileByItself) {
  const auto detector = std::make_shared<Middle>();
  FrameGroup group = group_of(1280, 720, 1);
  group.jobs[0].work.make<LayoutWork>().tiles = {{8, 6, 628, 708}, {644, 6, 628, 352}, {644, 362, 628, 352}};
  make_detect_stage(detector, {}).run(group);
  EXPECT_EQ(detector->widths.size(), 3U);  // there is no room for anybody beside them
  const std::vector<Point> middles = middles_of(group.jobs[0]);
  ASSERT_EQ(middles.size(), 3U);
  expect_near(middles[0], 321.5, 359.5);
  expect_near(middles[1], 957.5, 181.5);
  expect_near(middles[2], 957.5, 537.5);
}

TEST(DetectStage, LooksBesideTilesWhereThereIsRoom) {
  const auto detector = std::make_shared<Middle>();
  FrameGroup group = group_of(1280, 720, 2);
  group.jobs[0].work.make<LayoutWork>().tiles = {{8, 6, 300, 200}};
  group.jobs[1].work.make<LayoutWork>().tiles = {{400, 200, 480, 320}};  // what the whole shows in its middle is in it
  make_detect_stage(detector, {}).run(group);
  EXPECT_EQ(detector->widths.size(), 4U);
  ASSERT_EQ(middles_of(group.jobs[0]).size(), 2U);
  expect_near(middles_of(group.jobs[0])[0], 157.5, 105.5);
  expect_near(middles_of(group.jobs[0])[1], 639.5, 359.5);
  ASSERT_EQ(middles_of(group.jobs[1]).size(), 1U);
  expect_near(middles_of(group.jobs[1])[0], 639.5, 359.5);
}

TEST(DetectStage, LooksForNobodyOnScreens) {
  const auto detector = std::make_shared<Middle>();
  FrameGroup group = group_of(1280, 720, 1);
  LayoutWork& layout = group.jobs[0].work.make<LayoutWork>();
  layout.tiles = {{900, 20, 360, 240}};
  layout.screens = cv::Mat(720, 1280, CV_8U, cv::Scalar(255));
  layout.screens(cv::Rect(900, 20, 360, 240)).setTo(0);
  make_detect_stage(detector, {}).run(group);
  EXPECT_EQ(detector->widths, std::vector<int>{320});
}

}  // namespace
}  // namespace reelface
