// SPDX-License-Identifier: Apache-2.0
#include "layout/shared_screens.h"

#include <gtest/gtest.h>

#include <functional>

#include "unit/layout/drawn_pages.h"
#include "unit/layout/film_signs.h"

namespace reelface {
namespace {

using testing::camera_picture;
using testing::drawn_code;
using testing::drawn_slide;
using testing::with_picture;

constexpr int kFrames = 31, kMiddle = 15;
const cv::Size kSize(640, 360);

/// Where the middle frame of a film shows screens.
cv::Mat screens_of(const std::function<cv::Mat(int)>& frame, int frames = kFrames, int middle = kMiddle) {
  const testing::FilmSigns film(frame, frames, middle);
  return shared_screens(film.middle(), block_history(film.window()), frame(middle)).area;
}

/// That all but this rectangle is a screen.
void expect_all_but(const cv::Rect& rectangle, const cv::Mat& screens) {
  ASSERT_EQ(screens.size(), kSize);
  cv::Mat expected(kSize, CV_8U, cv::Scalar(255));
  expected(rectangle).setTo(0);
  EXPECT_EQ(cv::countNonZero(screens != expected), 0) << cv::boundingRect(~screens);
}

TEST(SharedScreens, SlidesAndCodeAreScreens) {
  for (const cv::Mat& page : {drawn_slide(kSize), drawn_code(kSize)})
    expect_all_but({}, screens_of([&](int) { return page.clone(); }));
  const cv::Mat page = drawn_slide(kSize);
  expect_all_but({}, screens_of([&](int) { return page.clone(); }, 1, 0));  // all the others repeat it
}

TEST(SharedScreens, ATileWithACameraIsNone) {
  // Its sides lie anywhere in a square.
  const cv::Size tile(161, 122);
  for (const cv::Point corner : {cv::Point(459, 13), cv::Point(479, 238), cv::Point(7, 201)}) {
    for (const cv::Mat& page : {drawn_slide(kSize), drawn_code(kSize)}) {
      const auto film = [&](int frame) { return with_picture(page, camera_picture(tile, frame, 3), corner); };
      expect_all_but({corner, tile}, screens_of(film));
    }
  }
}

TEST(SharedScreens, AStillRoomBesideSomebodyBelongsToTheTile) {
  const cv::Size tile(161, 122);
  const cv::Point corner(459, 13);
  const cv::Mat page = drawn_slide(kSize);
  expect_all_but({corner, tile},
                 screens_of([&](int frame) { return with_picture(page, camera_picture(tile, frame, 0), corner); }));
}

TEST(SharedScreens, APhotoOnAPageBelongsToIt) {
  const cv::Mat page = with_picture(drawn_code(kSize), camera_picture({150, 110}, 3, 3), {420, 40});
  expect_all_but({}, screens_of([&](int) { return page.clone(); }));
}

TEST(SharedScreens, CursorsAndLettersThatAreTypedBelongToThePage) {
  const cv::Mat page = drawn_code(kSize);
  expect_all_but(
      {}, screens_of([&](int frame) {
        cv::Mat shown = page.clone();
        cv::rectangle(shown, {60 + 9 * frame, 50 + 6 * frame, 8, 13}, cv::Scalar(255), cv::FILLED);
        testing::write_line(shown, std::string(static_cast<std::size_t>(frame / 2), 'x'), {300, 340}, 0.5, 230);
        return shown;
      }));
}

TEST(SharedScreens, PeopleBeforeACameraAreNone) {
  for (const double noise : {0.0, 1.0, 5.0}) {
    EXPECT_TRUE(screens_of([&](int frame) { return camera_picture(kSize, frame, noise); }).empty()) << noise;
    EXPECT_TRUE(screens_of([&](int) { return camera_picture(kSize, 3, noise); }).empty()) << noise;
  }
}

TEST(SharedScreens, AGalleryWithNamesIsNone) {
  EXPECT_TRUE(screens_of([&](int frame) {
                cv::Mat gallery(kSize, CV_8U, cv::Scalar(20));
                for (int tile = 0; tile < 4; ++tile) {
                  const cv::Point corner(8 + 316 * (tile % 2), 6 + 177 * (tile / 2));
                  camera_picture({308, 171}, frame + 5 * tile, 2).copyTo(gallery(cv::Rect(corner, cv::Size(308, 171))));
                  testing::write_line(gallery, "Anna Berg", corner + cv::Point(8, 164), 0.5, 255);
                }
                return gallery;
              }).empty());
}

/// In three steps soon after it has come, as its bits arrive.
TEST(SharedScreens, APageThatIsMendedIsAScreenAllTheTime) {
  const auto page = [](int frame) {
    const int steps_to_go = (frame < 9) + (frame < 12) + (frame < 14);
    return cv::Mat(drawn_slide(kSize) - cv::Scalar(3 * steps_to_go));
  };
  for (const int middle : {2, 10, 13, 20}) EXPECT_FALSE(screens_of(page, kFrames, middle).empty()) << middle;
}

TEST(SharedScreens, APageThatIsTurnedEverySecondFrameIsNoScreenYet) {
  const cv::Mat pages[] = {drawn_code(kSize), drawn_slide(kSize)};
  EXPECT_TRUE(screens_of([&](int frame) { return pages[frame / 2 % 2]; }).empty());
}

}  // namespace
}  // namespace reelface
