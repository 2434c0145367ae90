// SPDX-License-Identifier: Apache-2.0
#include "evidence/kept_pictures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "support/rgb_sample.h"

namespace reelface {
namespace {

Frame bright_frame(int width, int height) {
  FrameFacts facts;
  facts.width = width;
  facts.height = height;
  facts.layout = pixel_layout("gray");
  Frame frame = allocate_frame(facts);
  const Plane plane = frame.plane(0);
  // White in the middle, so that it can be told where in the crop the picture is.
  for (int y = height / 4; y < 3 * height / 4; ++y) {
    for (int x = width / 4; x < 3 * width / 4; ++x) plane.data[y * plane.stride + x] = 255;
  }
  return frame;
}

TEST(KeptPictures, AroundThePictureOfAHugeBoxThereIsNothingToSee) {
  const AlignedFrames frames{0, 0, bright_frame(64, 48), bright_frame(64, 48), {}};
  KeptPictures kept(true, 1);
  PictureMeasures measures;
  measures.faces = 1;
  kept.look_at(frames, {{1, {-4'999'968, -4'999'976, 1e7F, 1e7F}, {}}}, measures);
  ASSERT_FALSE(kept.pictures().empty());
  const RgbImage8 crop = kept.pictures().back().restored;
  const auto at = [&crop](int x, int y) { return testing::sample_at(crop, x, y); };
  EXPECT_GT(at(crop.width / 2, crop.height / 2), 200) << "the picture is not a speck in a blur as wide as the box";
  EXPECT_LT(at(2, 2), 50);
}

std::vector<ComparedPictures> pictures_of(int frames) {
  KeptPictures kept(true, frames);
  for (int i = 0; i < frames; ++i) {
    PictureMeasures measures;
    measures.error_luma = 1.0 + (i * 7) % 11;
    kept.look_at({i, i * 0.04, bright_frame(64, 48), bright_frame(64, 48), {}}, {}, measures);
  }
  return kept.pictures();
}

TEST(KeptPictures, AreSixFramesOfAFilmThatHasSoMany) {
  for (const int frames : {1, 3, 6, 40, 1000}) {
    const std::vector<ComparedPictures> pictures = pictures_of(frames);
    EXPECT_EQ(pictures.size(), static_cast<std::size_t>(std::min(frames, 6))) << frames;
    std::set<std::int64_t> different;
    for (const ComparedPictures& picture : pictures) different.insert(picture.frame);
    EXPECT_EQ(different.size(), pictures.size());
    if (frames >= 40) {
      EXPECT_LT(*different.begin(), frames / 3);
      EXPECT_GT(*different.rbegin(), frames / 2);
    }
  }
}

}  // namespace
}  // namespace reelface
