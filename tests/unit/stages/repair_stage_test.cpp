// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/repair_stage.h"

#include <gtest/gtest.h>

#include <map>
#include <opencv2/imgproc.hpp>
#include <variant>

#include "film_of_scenery.h"

namespace reelface {
namespace {

using testing::frame_of;
using testing::grey_of;
using testing::kFilmHeight;
using testing::kFilmWidth;
using testing::Scenery;
using testing::seen;

std::vector<Frame> repaired(const std::vector<Frame>& film, RepairKinds kinds = RepairKinds::kAll,
                            std::size_t frames_per_group = 8) {
  Line line;
  line.add(make_cuts_stage(frames_per_group));
  FilmSteps options;
  options.repair = kinds;
  add_repair_steps(line, options, frames_per_group);
  std::vector<FrameGroupPtr> groups = testing::groups_of(film, frames_per_group);
  for (const Step& step : line.steps()) {
    if (const auto* ahead = std::get_if<LookAhead>(&step)) {
      groups = testing::behind(*ahead, groups);
    } else {
      for (const FrameGroupPtr& group : groups) std::get<Stage>(step).run(*group);
    }
  }
  return testing::frames_of(groups);
}

/// A film, and the same with dirt on some frames.
struct Film {
  std::vector<Frame> clean, dirty;
  std::map<std::size_t, cv::Mat> masks;

  void append(int seed, int count, cv::Point2d step) {
    const Scenery scenery(seed);
    for (int i = 0; i < count; ++i) {
      cv::Mat picture = seen(scenery, cv::Point2d(50, 50) + step * i);
      clean.push_back(frame_of(picture));
      const std::size_t number = dirty.size();
      if (number % 3 == 1) {
        cv::Mat& mask = masks[number] = cv::Mat::zeros(picture.size(), CV_8U);
        const int place = static_cast<int>(number);
        cv::circle(mask, {20 + 37 * place % (kFilmWidth - 40), 20 + 23 * place % (kFilmHeight - 40)}, 2 + place % 4,
                   255, cv::FILLED);
        picture.setTo(place % 2 ? 8 : 247, mask);
      }
      dirty.push_back(frame_of(picture));
    }
  }
};

double largest_error(const Frame& first, const Frame& second, const cv::Mat& mask) {
  return cv::norm(grey_of(first), grey_of(second), cv::NORM_INF, mask);
}

TEST(RepairStage, DirtGoesAndNothingElseChanges) {
  for (const cv::Point2d step : {cv::Point2d(0, 0), cv::Point2d(3.4, -1.2)}) {
    Film film;
    film.append(3, 24, step);
    const std::vector<Frame> result = repaired(film.dirty);
    for (std::size_t i = 0; i < result.size(); ++i) {
      const cv::Mat& mask = film.masks[i];
      if (mask.empty()) {
        EXPECT_EQ(largest_error(result[i], film.dirty[i], {}), 0) << i;
        continue;
      }
      cv::Mat near;
      cv::dilate(mask, near, cv::Mat::ones(5, 5, CV_8U));
      EXPECT_EQ(largest_error(result[i], film.dirty[i], ~near), 0) << i;
      EXPECT_LE(largest_error(result[i], film.clean[i], mask), 8) << i;
    }
  }
}

TEST(RepairStage, AScratchInAStillGoesAndNothingElseChanges) {
  const Scenery scenery(7);
  const cv::Mat picture = seen(scenery, {50, 50});
  cv::Mat scratched = picture.clone();
  const cv::Range columns(60, 62);
  scratched.colRange(columns) = 0.5 * picture.colRange(columns) + 0.5 * 235;
  constexpr int kFrames = 24;
  std::vector<Frame> film;
  film.reserve(kFrames);
  for (int i = 0; i < kFrames; ++i) film.push_back(frame_of(i >= 6 && i < 16 ? scratched : picture));
  cv::Mat beside(picture.size(), CV_8U, cv::Scalar(255));
  beside.colRange(columns.start - 5, columns.end + 5).setTo(0);
  const std::vector<Frame> result = repaired(film);
  const Frame clean = frame_of(picture);
  for (std::size_t i = 0; i < result.size(); ++i) {
    EXPECT_EQ(largest_error(result[i], film[i], beside), 0) << i;
    if (i < 6 || i >= 16) {
      EXPECT_EQ(largest_error(result[i], film[i], {}), 0) << i;
    }
  }
  const auto mean_error = [&](const Frame& frame) { return cv::norm(grey_of(frame), grey_of(clean), cv::NORM_L2); };
  EXPECT_LT(mean_error(result[10]), 0.5 * mean_error(film[10]));
}

TEST(RepairStage, GroupsDoNotMatter) {
  Film film;
  film.append(4, 21, {2, 1});
  const std::vector<Frame> by_eight = repaired(film.dirty, RepairKinds::kAll, 8),
                           by_one = repaired(film.dirty, RepairKinds::kAll, 1);
  for (std::size_t i = 0; i < by_eight.size(); ++i) EXPECT_EQ(largest_error(by_eight[i], by_one[i], {}), 0) << i;
}

TEST(RepairStage, NothingIsFetchedAcrossACut) {
  Film film;
  film.append(5, 12, {1, 0});
  film.append(6, 12, {0, 1});
  const std::vector<Frame> result = repaired(film.dirty);
  for (std::size_t i = 0; i < result.size(); ++i) {
    cv::Mat near = cv::Mat::zeros(kFilmHeight, kFilmWidth, CV_8U);
    if (!film.masks[i].empty()) cv::dilate(film.masks[i], near, cv::Mat::ones(5, 5, CV_8U));
    EXPECT_EQ(largest_error(result[i], film.dirty[i], ~near), 0) << i;
    if (film.masks[i].empty()) continue;
    EXPECT_LE(
        std::min(largest_error(result[i], film.clean[i], film.masks[i]), largest_error(result[i], film.dirty[i], {})),
        8)
        << i << ": mended, or left alone";
  }
}

TEST(RepairStage, FramesThatCannotBeRepairedStay) {
  Film film;
  film.append(7, 6, {});
  for (Frame& frame : film.dirty) frame.facts().interlaced = true;
  const std::vector<Frame> result = repaired(film.dirty);
  for (std::size_t i = 0; i < result.size(); ++i) EXPECT_EQ(largest_error(result[i], film.dirty[i], {}), 0) << i;
}

TEST(RepairStage, AFrameThatIsDamagedAllOverIsLeftAlone) {
  std::vector<Frame> film;
  const Scenery scenery(8);
  for (int i = 0; i < 7; ++i) {
    cv::Mat picture = seen(scenery, {50, 50});
    if (i == 3) {
      for (int y = 8; y < kFilmHeight - 8; y += 11) {
        for (int x = 8; x < kFilmWidth - 8; x += 11) cv::circle(picture, {x, y}, 2, 250, cv::FILLED);
      }
    }
    film.push_back(frame_of(picture));
  }
  const std::vector<Frame> result = repaired(film);
  for (std::size_t i = 0; i < result.size(); ++i) EXPECT_EQ(largest_error(result[i], film[i], {}), 0) << i;
}

TEST(RepairStage, ABurnThroughMuchOfAFrameIsFilled) {
  Film film;
  film.append(9, 12, {1.2, 0.4});
  cv::Mat burnt = grey_of(film.clean[5]), mask = cv::Mat::zeros(burnt.size(), CV_8U);
  cv::ellipse(mask, {90, 70}, {42, 26}, 20, 0, 360, 255, cv::FILLED);
  ASSERT_GT(cv::countNonZero(mask), 0.1 * static_cast<double>(mask.total()));
  burnt.setTo(250, mask);
  film.dirty.clear();
  for (const Frame& frame : film.clean) film.dirty.push_back(frame.share());
  film.dirty[5] = frame_of(burnt);
  const std::vector<Frame> result = repaired(film.dirty);
  EXPECT_LE(cv::norm(grey_of(result[5]), grey_of(film.clean[5]), cv::NORM_L1, mask) / cv::countNonZero(mask), 3);
  for (const std::size_t other : {4U, 6U}) EXPECT_EQ(largest_error(result[other], film.clean[other], {}), 0) << other;
}

/// A film of sixteen frames a second that runs at twenty-four: every second frame is shown twice, compressed anew.
TEST(RepairStage, DirtOnAFrameThatIsShownTwiceGoesFromBoth) {
  Film slow;
  slow.append(5, 16, {2.1, 0.7});
  std::vector<Frame> clean, dirty;
  std::vector<cv::Mat> masks;
  for (std::size_t i = 0; i < slow.clean.size(); ++i) {
    for (std::size_t shown = 0; shown < 1 + i % 2; ++shown) {
      clean.push_back(slow.clean[i].share());
      const cv::Mat picture = shown == 0 ? grey_of(slow.dirty[i]) : testing::with_noise(grey_of(slow.dirty[i]), 0.4, 7);
      dirty.push_back(frame_of(picture));
      masks.push_back(slow.masks[i]);
    }
  }
  const std::vector<Frame> result = repaired(dirty);
  int mended = 0;
  for (std::size_t i = 2; i + 2 < result.size(); ++i) {
    if (masks[i].empty()) continue;
    EXPECT_LE(largest_error(result[i], clean[i], masks[i]), 8) << i;
    ++mended;
  }
  EXPECT_GE(mended, 5);
}

/// Something large and white that flies through: here in one frame, there in the next.
TEST(RepairStage, WhatFliesThroughThePictureStays) {
  const Scenery scenery(9);
  std::vector<Frame> film;
  for (int i = 0; i < 12; ++i) {
    cv::Mat picture = seen(scenery, {50, 50});
    if (i >= 4 && i < 8) cv::ellipse(picture, {20 + 48 * (i - 4), 70}, {20, 16}, 0, 0, 360, 245, cv::FILLED);
    film.push_back(frame_of(picture));
  }
  const std::vector<Frame> result = repaired(film);
  for (std::size_t i = 0; i < film.size(); ++i) EXPECT_EQ(largest_error(result[i], film[i], {}), 0) << i;
}

}  // namespace
}  // namespace reelface
