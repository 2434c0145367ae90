// SPDX-License-Identifier: Apache-2.0
#include "evidence/face_regions.h"

#include <gtest/gtest.h>

#include <fstream>

#include "reelface/core/error.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

Frame frame_of(int width, int height, DisplayOrientation orientation = {}) {
  FrameFacts facts;
  facts.width = width;
  facts.height = height;
  facts.layout = pixel_layout("gray");
  facts.orientation = orientation;
  return allocate_frame(facts);
}

Face face_at(float x, float y) {
  Face face;
  face.box = {x, y, 40, 40};
  face.score = 0.9F;
  return face;
}

TEST(DetectFaceRegions, KeepsTracksAndDropsWhatShowsForAMoment) {
  std::vector<std::vector<Face>> seen = {{face_at(10, 10)},
                                         {face_at(14, 10), face_at(100, 50)},
                                         {face_at(102, 50), face_at(18, 10)},
                                         {face_at(22, 10), face_at(104, 50)},
                                         {face_at(22, 10)}};
  std::size_t at = 0;
  const auto regions = detect_face_regions([&](RgbView8) { return seen.at(at++); });
  const Frame frame = frame_of(200, 100);
  std::vector<std::vector<std::int64_t>> tracks;
  for (int i = 0; i < 5; ++i) {
    tracks.emplace_back();
    for (const RegionFace& face : regions->faces(i, frame)) tracks.back().push_back(face.track);
  }
  EXPECT_EQ(tracks, (std::vector<std::vector<std::int64_t>>{{1}, {1}, {1}, {1, 2}, {1}}));
}

TEST(DetectFaceRegions, DoubtfulFacesAreNoneAndGapsAreBridged) {
  Face doubtful = face_at(100, 50), sure = face_at(10, 10);
  doubtful.score = 0.7F;
  std::size_t at = 0;
  const auto regions = detect_face_regions([&](RgbView8) {
    return ++at % 5 == 0 ? std::vector<Face>{doubtful} : std::vector<Face>{doubtful, sure};  // each fifth time missed
  });
  const Frame frame = frame_of(200, 100);
  for (int i = 0; i < 40; ++i) {
    const std::vector<RegionFace> faces = regions->faces(i, frame);
    ASSERT_EQ(faces.size(), (i + 1) % 5 == 0 ? 0U : 1U) << i;
    for (const RegionFace& face : faces) {
      EXPECT_EQ(face.box.x, 10);
      EXPECT_EQ(face.track, 2) << "a new track in frame " << i;
    }
  }
}

TEST(DetectFaceRegions, LooksAtSmallCopiesAndAnswersInTheFramesPixels) {
  int width = 0;
  const auto regions = detect_face_regions([&](RgbView8 picture) {
    width = picture.width;
    return std::vector<Face>{face_at(100, 50)};
  });
  const std::vector<RegionFace> faces = regions->faces(0, frame_of(1280, 720));
  EXPECT_EQ(width, 640);
  ASSERT_EQ(faces.size(), 1U);
  EXPECT_NEAR(faces[0].box.x, 200, 2);
  EXPECT_NEAR(faces[0].box.width, 80, 1);
}

TEST(DetectFaceRegions, FindsTheSameFacesInAnotherFile) {
  Face face = face_at(20, 10);
  face.points[2] = {41, 33};
  const auto regions = detect_face_regions([&](RgbView8) { return std::vector<Face>{face_at(150, 20), face}; });
  const std::vector<RegionFace> wanted = {{1, {18, 12, 40, 40}, {}}, {2, {90, 10, 40, 40}, {}}};
  const auto points = regions->points_in(frame_of(200, 100), wanted);
  ASSERT_EQ(points.size(), 2U);
  ASSERT_TRUE(points[0]);
  EXPECT_NEAR((*points[0])[2].x, 41, 1e-3);
  EXPECT_FALSE(points[1]) << "nothing lies there";
}

TEST(ReadFaceRegions, TurnsBoxesBackToStoredCoordinates) {
  const testing::TemporaryFolder folder;
  std::ofstream(folder.file("t.json")) << R"({"tracks":[{"id":7,"faces":[{"frame":3,"box":[10,20,30,40]}]}]})";
  const auto regions = read_face_regions(folder.file("t.json"));
  EXPECT_TRUE(regions->faces(2, frame_of(200, 100)).empty());
  const std::vector<RegionFace> upright = regions->faces(3, frame_of(200, 100));
  ASSERT_EQ(upright.size(), 1U);
  EXPECT_EQ(upright[0].track, 7);
  EXPECT_EQ(upright[0].box.x, 10);
  // Shown a quarter turn clockwise: the viewer's x runs along the stored picture's height, from the bottom.
  const std::vector<RegionFace> turned = regions->faces(3, frame_of(200, 100, {1, false}));
  ASSERT_EQ(turned.size(), 1U);
  EXPECT_NEAR(turned[0].box.x, 20, 1.01);
  EXPECT_NEAR(turned[0].box.y, 100 - 10 - 30, 1.01);
  EXPECT_NEAR(turned[0].box.width, 40, 1e-3);
  EXPECT_NEAR(turned[0].box.height, 30, 1e-3);
}

TEST(ReadFaceRegions, RefusesFacesThatCannotBe) {
  const testing::TemporaryFolder folder;
  const auto read = [&](const std::string& frame, const std::string& box) {
    std::ofstream(folder.file("t.json")) << R"({"tracks":[{"id":7,"faces":[{"frame":)" << frame << R"(,"box":)" << box
                                         << "}]}]}";
    return read_face_regions(folder.file("t.json"));
  };
  EXPECT_EQ(read("3", "[-1e7,1e7,1e7,0]")->faces(3, frame_of(200, 100)).size(), 1u);
  for (const char* box : {"[0,0,1e8,40]", "[0,0,40,1e38]", "[-2e7,0,40,40]", "[0,1e300,40,40]", "[0,0,1e999,40]",
                          "[0,null,40,40]", "[0,0,40]", "7"}) {
    try {
      read("3", box);
      ADD_FAILURE() << box << " was accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kUsage) << box;
    }
  }
  for (const char* frame : {"1e300", "1.5", "\"3\"", "null"}) EXPECT_THROW(read(frame, "[1,2,3,4]"), Error) << frame;
}

}  // namespace
}  // namespace reelface
