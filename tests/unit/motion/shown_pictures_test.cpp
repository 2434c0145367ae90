// SPDX-License-Identifier: Apache-2.0
#include "motion/shown_pictures.h"

#include <gtest/gtest.h>

#include "reelface/image/frame_picture.h"
#include "support/frames.h"

namespace reelface {
namespace {

SharedPicture picture_of(int brighter) {
  const FrameFacts facts = testing::frame_facts("gbrp", 24, 16);
  return std::make_shared<const MovingPicture>(testing::frame_of_codes(
      facts, [=](int component, int x, int y) { return 5 * x + y + 40 * component + brighter; }));
}

PictureWindow window() {
  PictureWindow window;
  for (const int brighter : {0, 10, 20}) window.pictures.push_back(picture_of(brighter));
  return window;
}

TEST(ShownPictures, ShowWhatWasMovedAndElseThePicture) {
  const PictureWindow shown_of = window();
  std::vector<std::unique_ptr<RgbImageF>> moved(3);
  moved[2] = std::make_unique<RgbImageF>(24, 16);
  const RgbImageF* const last = moved[2].get();
  ShownPictures shown(shown_of, std::move(moved));
  EXPECT_EQ(shown.views()[0].samples, shown_of.pictures[0]->picture().samples.data());
  EXPECT_EQ(shown.views()[2].samples, last->samples.data());
  EXPECT_FALSE(shown.moved()[1]);
  shown.moved()[2]->samples[0] = 7;
  EXPECT_EQ(shown.views()[2].samples[0], 7) << "what is changed is shown";
}

}  // namespace
}  // namespace reelface
