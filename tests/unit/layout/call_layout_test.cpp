// SPDX-License-Identifier: Apache-2.0
#include "layout/call_layout.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>

#include "unit/layout/drawn_gallery.h"
#include "unit/layout/film_signs.h"

namespace reelface {
namespace {

using testing::camera_picture;
using testing::drawn_gallery;
using testing::places_of_tiles;

constexpr int kFrames = 49, kMiddle = 24;
const cv::Size kSize(640, 360);

CallLayout layout_of(const std::function<cv::Mat(int)>& frame, int middle = kMiddle) {
  const testing::FilmSigns film(frame, kFrames, middle);
  return call_layout(film.window(), frame(middle));
}

/// Sides may lie a sample off: where the ground is as light as the picture, nothing tells them apart.
void expect_tiles(const std::vector<cv::Rect>& expected, const std::vector<cv::Rect>& tiles) {
  ASSERT_EQ(tiles.size(), expected.size());
  for (std::size_t number = 0; number < tiles.size(); ++number) {
    const cv::Rect &one = expected[number], &other = tiles[number];
    EXPECT_EQ(one | other, one) << "a tile reaches beyond its side: " << other << " in " << one;
    EXPECT_GE(other.width, one.width - 2) << other << " in " << one;
    EXPECT_GE(other.height, one.height - 2) << other << " in " << one;
  }
}

TEST(CallLayout, TilesOfAGalleryAreFound) {
  for (const int between : {0, 6}) {
    for (const auto& [count, columns] : {std::pair(2, 2), std::pair(4, 2), std::pair(5, 3), std::pair(9, 3)}) {
      SCOPED_TRACE(std::to_string(count) + " tiles, " + std::to_string(between) + " between");
      const std::vector<cv::Rect> places = places_of_tiles(kSize, count, columns, between);
      const CallLayout layout = layout_of([&](int frame) { return drawn_gallery(kSize, places, frame); });
      EXPECT_TRUE(layout.screens.empty());
      expect_tiles(places, layout.tiles);
    }
  }
}

TEST(CallLayout, TheSpeakerIsATileBesideSmallOnes) {
  std::vector<cv::Rect> places = {{4, 4, 470, 352}};
  for (int row = 0; row < 3; ++row) places.emplace_back(480, 4 + 118 * row, 156, 114);
  const CallLayout layout = layout_of([&](int frame) { return drawn_gallery(kSize, places, frame); });
  expect_tiles(places, layout.tiles);
}

/// Hardly lighter than what they lie on: no side of theirs is an edge along most of its length.
TEST(CallLayout, DimTilesAreKnownByTheGroundBetweenThem) {
  const std::vector<cv::Rect> places = places_of_tiles(kSize, 4, 2, 10);
  const auto film = [&](int frame) {
    cv::Mat picture(kSize, CV_8U, cv::Scalar(24)), dim;
    for (std::size_t number = 0; number < places.size(); ++number) {
      camera_picture(places[number].size(), frame + 3 * static_cast<int>(number), 2).convertTo(dim, CV_8U, 0.2, 14);
      dim.copyTo(picture(places[number]));
    }
    cv::GaussianBlur(picture, picture, {}, 1);
    return picture;
  };
  const std::vector<cv::Rect> tiles = layout_of(film).tiles;
  ASSERT_EQ(tiles.size(), places.size());
  for (std::size_t number = 0; number < tiles.size(); ++number) {
    const double both = (tiles[number] & places[number]).area(), all = (tiles[number] | places[number]).area();
    EXPECT_GT(both / all, 0.94) << tiles[number] << " for " << places[number];
  }
}

TEST(CallLayout, TheSpeakerMayHaveGroundAboveAndBelow) {
  std::vector<cv::Rect> places = {{480, 6, 156, 112}, {6, 60, 466, 240}, {480, 124, 156, 112}, {480, 242, 156, 112}};
  const CallLayout layout = layout_of([&](int frame) { return drawn_gallery(kSize, places, frame); });
  EXPECT_TRUE(layout.screens.empty());
  expect_tiles(places, layout.tiles);
}

TEST(CallLayout, TilesBesideASharedScreenAreNoneOfIt) {
  std::vector<cv::Rect> places;
  places.reserve(4);
  for (int row = 0; row < 3; ++row) places.emplace_back(500, 8 + 116 * row, 132, 108);
  const cv::Rect page(8, 8, 480, 344);
  const CallLayout layout = layout_of([&](int frame) {
    cv::Mat picture = drawn_gallery(kSize, places, frame);
    testing::drawn_slide(page.size()).copyTo(picture(page));
    return picture;
  });
  expect_tiles(places, layout.tiles);
  ASSERT_FALSE(layout.screens.empty());
  EXPECT_EQ(cv::countNonZero(layout.screens(page)), page.area());
  for (const cv::Rect& place : places) EXPECT_LT(cv::countNonZero(layout.screens(place)), place.area() / 20);
}

TEST(CallLayout, OnePictureHasNone) {
  for (const double noise : {0.0, 3.0})
    EXPECT_TRUE(layout_of([=](int frame) { return camera_picture(kSize, frame, noise); }).tiles.empty());
}

TEST(CallLayout, BarsAndLinesOfARoomMakeNone) {
  const auto room = [](int frame) {
    cv::Mat picture = camera_picture(kSize, frame, 2);
    picture(cv::Rect(0, 0, kSize.width, 40)).setTo(16);
    picture(cv::Rect(0, kSize.height - 40, kSize.width, 40)).setTo(16);
    picture(cv::Rect(430, 40, 14, 280)).setTo(60);        // a door's post
    picture(cv::Rect(0, 250, kSize.width, 6)).setTo(70);  // a table's edge
    return picture;
  };
  EXPECT_TRUE(layout_of(room).tiles.empty());
}

/// As a camera sees that passes a wall of windows: in each frame they look like tiles.
TEST(CallLayout, EdgesThatDoNotStayMakeNone) {
  const cv::Size wall(kSize.width + 2 * kFrames, kSize.height);
  const std::vector<cv::Rect> places = places_of_tiles(wall, 4, 2, 6);
  const auto film = [&](int frame) { return drawn_gallery(wall, places, 0)(cv::Rect({2 * frame, 0}, kSize)).clone(); };
  EXPECT_TRUE(layout_of(film).tiles.empty());
}

TEST(CallLayout, ALineInOneTileDoesNotPartIt) {
  const std::vector<cv::Rect> places = places_of_tiles(kSize, 4, 2, 6);
  const auto film = [&](int frame) {
    cv::Mat picture = drawn_gallery(kSize, places, frame);
    picture(cv::Rect(places[1].x + 230, places[1].y, 12, places[1].height)).setTo(235);
    return picture;
  };
  expect_tiles(places, layout_of(film).tiles);
}

TEST(CallLayout, TelephonesBetweenBarsAreTilesWithTheirBars) {
  const std::vector<cv::Rect> places = places_of_tiles(kSize, 9, 3, 6);
  const auto film = [&](int frame) {
    cv::Mat picture = drawn_gallery(kSize, places, frame);
    for (const std::size_t number : {0, 2, 3, 7}) {
      const cv::Rect& place = places[number];
      for (const int left : {place.x, place.br().x - 60}) picture(cv::Rect(left, place.y, 60, place.height)).setTo(110);
    }
    return picture;
  };
  expect_tiles(places, layout_of(film).tiles);
}

TEST(CallLayout, AChangeOfTilesIsKnownToTheFrame) {
  const std::vector<cv::Rect> few = places_of_tiles(kSize, 2, 2, 6), many = places_of_tiles(kSize, 4, 2, 6);
  constexpr int kChange = 30;
  const auto film = [&](int frame) { return drawn_gallery(kSize, frame < kChange ? few : many, frame); };
  for (const int frame : {24, kChange - 1, kChange, 36}) {
    const testing::FilmSigns signs(film, 60, frame);
    expect_tiles(frame < kChange ? few : many, call_layout(signs.window(), film(frame)).tiles);
  }
}

TEST(CallLayout, ATileOnASharedScreenIsOne) {
  const cv::Rect tile(459, 13, 161, 122);
  const CallLayout layout = layout_of([&](int frame) {
    return testing::with_picture(testing::drawn_slide(kSize), camera_picture(tile.size(), frame, 3), tile.tl());
  });
  EXPECT_FALSE(layout.screens.empty());
  EXPECT_EQ(layout.tiles, std::vector<cv::Rect>{tile});
}

}  // namespace
}  // namespace reelface
