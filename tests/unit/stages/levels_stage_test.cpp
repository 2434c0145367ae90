// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/levels_stage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "film/faded_levels.h"
#include "film_of_scenery.h"
#include "reelface/image/frame_picture.h"

namespace reelface {
namespace {

using testing::frame_of;
using testing::grey_of;
using testing::Scenery;
using testing::seen;

/// As a print that has faded: blacks that are none, whites that are none.
cv::Mat faded(const cv::Mat& picture) {
  return picture * 0.5 + 45;
}

std::vector<Frame> film_of(int count, bool is_faded, int seed = 1) {
  const Scenery scenery(seed);
  std::vector<Frame> film;
  for (int i = 0; i < count; ++i) {
    const cv::Mat picture = seen(scenery, {50 + 0.5 * i, 50}) * 1.5 - 60;
    film.push_back(frame_of(is_faded ? faded(picture) : picture));
  }
  return film;
}

std::vector<Frame> levelled(const std::vector<Frame>& film, std::size_t frames_per_group = 8) {
  return testing::behind_steps(make_levels_stage(frames_per_group), make_contrast_stage(), film, frames_per_group);
}

double spread(const Frame& frame) {
  cv::Scalar mean, deviation;
  cv::meanStdDev(grey_of(frame), mean, deviation);
  return deviation[0];
}

TEST(LevelsStage, AFadedFilmHasContrastAgain) {
  const std::vector<Frame> film = film_of(40, true), result = levelled(film);
  for (std::size_t i = 0; i < film.size(); ++i) EXPECT_GT(spread(result[i]), 1.4 * spread(film[i])) << i;
}

TEST(LevelsStage, AFilmThatHasNotFadedStaysBitForBit) {
  const std::vector<Frame> film = film_of(20, false), result = levelled(film);
  for (std::size_t i = 0; i < film.size(); ++i)
    EXPECT_EQ(cv::norm(grey_of(result[i]), grey_of(film[i]), cv::NORM_INF), 0) << i;
}

TEST(LevelsStage, ContrastDoesNotFollowASingleFrame) {
  std::vector<Frame> film = film_of(40, true);
  film[20] = frame_of(cv::Mat(grey_of(film[20]) + 20));  // a flash
  const std::vector<Frame> plain = levelled(film_of(40, true)), flashed = levelled(film);
  for (const std::size_t i : {10U, 19U, 21U, 30U})
    EXPECT_LT(cv::norm(grey_of(plain[i]), grey_of(flashed[i]), cv::NORM_INF), 4) << i;
}

TEST(LevelsStage, AtMostOneSampleInAThousandIsClipped) {
  for (const Frame& frame : levelled(film_of(24, true))) {
    const cv::Mat grey = grey_of(frame);
    EXPECT_LT(cv::countNonZero(grey <= 0) + cv::countNonZero(grey >= 255), 0.001 * static_cast<double>(grey.total()));
  }
}

/// In colour, as 4:4:4; red, green and blue are multiplied and raised.
std::vector<Frame> coloured_film(int count, bool has_many_colours, cv::Vec3f gain, float raised) {
  const Scenery grey(20261), red(30211), blue(40009);
  std::vector<Frame> film;
  for (int i = 0; i < count; ++i) {
    const cv::Point2d corner(50 + 0.5 * i, 50);
    const auto tones = [&](const Scenery& scenery) { return cv::Mat(seen(scenery, corner) * 1.5 - 60); };
    const cv::Mat plain = tones(grey);
    // What is dark is dark in all of them.
    const auto channel = [&](const Scenery& own) {
      return has_many_colours ? cv::Mat(0.65 * plain + 0.35 * tones(own)) : plain.clone();
    };
    std::vector<cv::Mat> channels = {channel(red), plain.clone(), channel(blue)};
    FrameFacts facts;
    facts.width = testing::kFilmWidth, facts.height = testing::kFilmHeight;
    facts.layout = pixel_layout("yuv444p");
    Frame frame = allocate_frame(facts);
    RgbImageF picture(facts.width, facts.height);
    for (int index = 0; index < 3; ++index) {
      channels[static_cast<std::size_t>(index)] *= gain[index] / 255;
      channels[static_cast<std::size_t>(index)] += raised;
    }
    cv::Mat merged(facts.height, facts.width, CV_32FC3, picture.samples.data());
    cv::merge(channels, merged);
    store_picture(frame, picture.view());
    film.push_back(std::move(frame));
  }
  return film;
}

/// Mean of red minus mean of blue, in grey levels.
double warmth(const Frame& frame) {
  const RgbImageF picture = frame_picture(frame);
  const cv::Scalar mean =
      cv::mean(cv::Mat(picture.height, picture.width, CV_32FC3, const_cast<float*>(picture.samples.data())));
  return 255 * (mean[0] - mean[2]);
}

TEST(LevelsStage, ASepiaPrintKeepsItsToneUnlessItIsToGo) {
  const std::vector<Frame> film = coloured_film(24, false, {0.55F, 0.48F, 0.43F}, 0.16F);
  const std::vector<Frame> kept = levelled(film);
  const std::vector<Frame> neutral = testing::behind_steps(make_levels_stage(8, true), make_contrast_stage(), film, 8);
  for (const std::size_t i : {0U, 12U, 23U}) {
    EXPECT_GT(warmth(film[i]), 10);
    EXPECT_GT(warmth(kept[i]), 0.8 * warmth(film[i])) << i;
    EXPECT_LT(std::abs(warmth(neutral[i])), 2) << i;
    EXPECT_GT(spread(kept[i]), 1.3 * spread(film[i])) << i;
    EXPECT_GT(spread(neutral[i]), 1.3 * spread(film[i])) << i;
  }
}

TEST(LevelsStage, ChannelsThatHaveFadedUnequallyComeNearEachOther) {
  const std::vector<Frame> film = coloured_film(24, true, {0.6F, 0.5F, 0.45F}, 0.16F), result = levelled(film);
  for (const std::size_t i : {0U, 12U, 23U}) EXPECT_LT(std::abs(warmth(result[i])), 0.35 * warmth(film[i])) << i;
}

TEST(LevelsStage, ColoursThatHaveNotFadedStayBitForBit) {
  const std::vector<Frame> film = coloured_film(12, true, {1, 1, 0.8F}, 0), result = levelled(film);
  for (std::size_t i = 0; i < film.size(); ++i) {
    for (const int index : {0, 1, 2}) {
      const Plane before = film[i].plane(index), after = result[i].plane(index);
      for (int y = 0; y < before.height; ++y)
        EXPECT_TRUE(std::equal(before.data + y * before.stride, before.data + y * before.stride + before.width,
                               after.data + y * after.stride));
    }
  }
}

TEST(LevelsStage, TheSameInGroupsOfAnyLength) {
  const std::vector<Frame> film = film_of(30, true), eight = levelled(film, 8), three = levelled(film, 3);
  for (std::size_t i = 0; i < film.size(); ++i)
    EXPECT_EQ(cv::norm(grey_of(eight[i]), grey_of(three[i]), cv::NORM_INF), 0) << i;
}

}  // namespace
}  // namespace reelface
