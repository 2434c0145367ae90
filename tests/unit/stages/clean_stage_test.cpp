// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/clean_stage.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "film_of_scenery.h"
#include "pipeline/stages/layout_stage.h"
#include "pipeline/stages/neighbours_stage.h"
#include "pipeline/stages/picture_fallback.h"
#include "pipeline/stages/repair_stage.h"
#include "support/mean_network.h"

namespace reelface {
namespace {

using testing::behind;
using testing::frame_of;
using testing::frames_of;
using testing::grey_of;
using testing::groups_of;
using testing::MeanNetwork;
using testing::Scenery;
using testing::seen;
using testing::with_noise;

constexpr double kNoise = 8;

/// A network that was given what it cannot bear.
class BrokenNetwork : public MeanNetwork {
  void restore(const CropWindow*, int count, RgbImageF* restored) const override {
    for (int i = 0; i < count; ++i) restored[i].samples.front() = std::numeric_limits<float>::quiet_NaN();
  }
};

struct Film {
  std::vector<cv::Mat> clean;
  std::vector<Frame> frames;

  void append(const Scenery& scenery, int count, double noise) {
    for (int i = 0; i < count; ++i) {
      clean.push_back(seen(scenery, {50 + 0.8 * i, 50}));
      frames.push_back(frame_of(with_noise(clean.back(), noise, static_cast<int>(frames.size()))));
    }
  }
};

Film noisy_film(int seed, int count, double noise) {
  Film film;
  film.append(Scenery(seed), count, noise);
  return film;
}

template <class Network>
std::vector<Frame> cleaned_groups(const std::vector<FrameGroupPtr>& groups, const Cleaning& cleaning,
                                  std::size_t frames_per_group, FilmGrain grain = FilmGrain::kNone) {
  FilmSteps film;
  film.clean = cleaning;
  film.grain = grain;
  const auto cleaner = std::make_shared<const PictureRestorer>(std::make_shared<const Network>(), true, 1);
  const std::vector<FrameGroupPtr> cut = behind(make_cuts_stage(frames_per_group), groups);
  const std::vector<FrameGroupPtr> gathered =
      behind(make_neighbours_stage({"neighbours", 5, NeighboursOf::kFrame, true, true}, frames_per_group), cut);
  const Stage clean = make_clean_stage(cleaner, film, VideoInfo());
  for (const FrameGroupPtr& group : gathered) clean.run(*group);
  return frames_of(gathered);
}

template <class Network = MeanNetwork>
std::vector<Frame> cleaned(const std::vector<Frame>& film, const Cleaning& cleaning, std::size_t frames_per_group = 8) {
  return cleaned_groups<Network>(groups_of(film, frames_per_group), cleaning, frames_per_group);
}

double rms(const Frame& frame, const cv::Mat& wanted) {
  const cv::Rect inside(16, 16, testing::kFilmWidth - 32, testing::kFilmHeight - 32);
  return std::sqrt(cv::norm(grey_of(frame)(inside), wanted(inside), cv::NORM_L2SQR) / inside.area());
}

TEST(CleanStage, NoiseGoesAndWhatMovesStays) {
  const Film film = noisy_film(1, 12, kNoise);
  const std::vector<Frame> result = cleaned(film.frames, {false, 100});
  for (std::size_t i = 2; i + 2 < result.size(); ++i) {
    EXPECT_LT(rms(result[i], film.clean[i]), 0.65 * rms(film.frames[i], film.clean[i])) << i;
  }
}

TEST(CleanStage, PercentIsAShareOfTheDifference) {
  const Film film = noisy_film(2, 9, kNoise);
  const std::vector<Frame> all = cleaned(film.frames, {false, 100}), half = cleaned(film.frames, {false, 50});
  const cv::Mat given = grey_of(film.frames[4]), wanted = (given + grey_of(all[4])) / 2;
  EXPECT_LT(rms(half[4], wanted), 0.8);  // rounded twice
}

TEST(CleanStage, AutomaticallyFollowsTheNoise) {
  const Film noisy = noisy_film(3, 9, kNoise), clean = noisy_film(3, 9, 0);
  EXPECT_LT(rms(cleaned(noisy.frames, {true, 0})[4], noisy.clean[4]), 0.65 * kNoise);
  const std::vector<Frame> result = cleaned(clean.frames, {true, 0});
  for (std::size_t i = 0; i < result.size(); ++i)
    EXPECT_EQ(cv::norm(grey_of(result[i]), grey_of(clean.frames[i]), cv::NORM_INF), 0) << i;
}

TEST(CleanStage, AFrameThatIsShownTwiceIsCleanedLikeTheOthers) {
  const Film slow = noisy_film(5, 10, kNoise);
  std::vector<Frame> film;
  std::vector<cv::Mat> clean;
  for (std::size_t i = 0; i < slow.frames.size(); ++i) {
    for (std::size_t shown = 0; shown < 1 + i % 2; ++shown) {
      film.push_back(frame_of(with_noise(grey_of(slow.frames[i]), shown == 0 ? 0 : 0.4, 3)));
      clean.push_back(slow.clean[i]);
    }
  }
  const std::vector<Frame> result = cleaned(film, {true, 0});
  for (std::size_t i = 3; i + 3 < result.size(); ++i)
    EXPECT_LT(rms(result[i], clean[i]), 0.65 * rms(film[i], clean[i])) << i;
}

TEST(CleanStage, FaintSpecksOfADamagedFilmGoAndTheRestStays) {
  Film film = noisy_film(11, 12, 0);
  for (Frame& frame : film.frames) frame.make_writable();
  const Plane plane = film.frames[6].plane(0);
  for (int y = 70; y < 73; ++y) {
    for (int x = 90; x < 93; ++x) plane.data[y * plane.stride + x] = 250;
  }
  for (const int found : {0, 3}) {
    const std::vector<FrameGroupPtr> groups = groups_of(film.frames, 4);
    for (const FrameGroupPtr& group : groups) {
      for (FrameJob& job : group->jobs) job.work.make<RepairWork>().defects.resize(static_cast<std::size_t>(found));
    }
    const cv::Mat before = grey_of(film.frames[6]);
    const cv::Mat after = grey_of(cleaned_groups<MeanNetwork>(groups, {true, 0}, 4)[6]);
    EXPECT_EQ(after.at<float>(71, 91) < before.at<float>(71, 91), found > 0);
    const cv::Rect elsewhere(0, 0, 80, testing::kFilmHeight);
    EXPECT_EQ(cv::norm(after(elsewhere), before(elsewhere), cv::NORM_INF), 0);
  }
}

/// What changes between neighbouring frames of a still, which is noise alone.
double noise_between(const std::vector<Frame>& frames, std::size_t index) {
  return std::sqrt(cv::norm(grey_of(frames[index]), grey_of(frames[index + 1]), cv::NORM_L2SQR) /
                   (2.0 * testing::kFilmWidth * testing::kFilmHeight));
}

TEST(CleanStage, GrainIsGivenBackAsStrongAsItWasAndMoves) {
  std::vector<Frame> film;
  film.reserve(9);
  for (int i = 0; i < 9; ++i)
    film.push_back(
        frame_of(with_noise(cv::Mat(testing::kFilmHeight, testing::kFilmWidth, CV_32F, cv::Scalar(120)), kNoise, i)));
  const auto grained = [&](FilmGrain grain) {
    return cleaned_groups<MeanNetwork>(groups_of(film, 8), {false, 100}, 8, grain);
  };
  const double none = noise_between(grained(FilmGrain::kNone), 4), less = noise_between(grained(FilmGrain::kLess), 4),
               all = noise_between(grained(FilmGrain::kKeep), 4);
  EXPECT_LT(none, 0.5 * kNoise);
  EXPECT_NEAR(all, kNoise, 0.2 * kNoise);
  EXPECT_GT(less, none);
  EXPECT_LT(less, 0.75 * all);
}

TEST(CleanStage, GroupsDoNotMatter) {
  const Film film = noisy_film(4, 21, kNoise);
  const std::vector<Frame> by_eight = cleaned(film.frames, {true, 0}, 8), by_one = cleaned(film.frames, {true, 0}, 1);
  for (std::size_t i = 0; i < by_eight.size(); ++i)
    EXPECT_EQ(cv::norm(grey_of(by_eight[i]), grey_of(by_one[i]), cv::NORM_INF), 0) << i;
}

TEST(CleanStage, NothingReachesAcrossACut) {
  Film both = noisy_film(5, 10, kNoise);
  both.append(Scenery(6), 10, kNoise);
  std::vector<Frame> first_alone, second_alone;
  for (std::size_t i = 0; i < 20; ++i) (i < 10 ? first_alone : second_alone).push_back(both.frames[i].share());
  const std::vector<Frame> together = cleaned(both.frames, {false, 100});
  const std::vector<Frame> first = cleaned(first_alone, {false, 100}), second = cleaned(second_alone, {false, 100});
  for (std::size_t i = 0; i < 20; ++i) {
    const Frame& alone = i < 10 ? first[i] : second[i - 10];
    EXPECT_EQ(cv::norm(grey_of(together[i]), grey_of(alone), cv::NORM_INF), 0) << i;
  }
}

TEST(CleanStage, DamagedAndInterlacedFramesPassAndAreNoNeighbours) {
  Film film = noisy_film(7, 9, kNoise);
  film.frames[3].facts().damaged = true;
  film.frames[6].facts().interlaced = true;
  const std::vector<Frame> result = cleaned(film.frames, {false, 100});
  for (const std::size_t i : {3U, 6U})
    EXPECT_EQ(cv::norm(grey_of(result[i]), grey_of(film.frames[i]), cv::NORM_INF), 0);
  EXPECT_LT(rms(result[4], film.clean[4]), rms(film.frames[4], film.clean[4]));
}

TEST(CleanStage, ANetworkThatGivesNoPictureChangesNothing) {
  const Film film = noisy_film(8, 3, kNoise);
  const std::vector<Frame> result = cleaned<BrokenNetwork>(film.frames, {false, 100});
  for (std::size_t i = 0; i < result.size(); ++i)
    EXPECT_EQ(cv::norm(grey_of(result[i]), grey_of(film.frames[i]), cv::NORM_INF), 0) << i;
}

TEST(CleanStage, AFilmOfOneFrameIsItsOwnNeighbour) {
  const Film film = noisy_film(9, 1, kNoise);
  EXPECT_EQ(cv::norm(grey_of(cleaned(film.frames, {false, 100})[0]), grey_of(film.frames[0]), cv::NORM_INF), 0);
}

/// A device without memory.
class FullDevice : public MeanNetwork {
  void restore(const CropWindow*, int, RgbImageF*) const override { throw DeviceOutOfMemory("full"); }
};

TEST(CleanStage, SaysWhenTheProcessorHadToClean) {
  PictureBackOff back_off;
  back_off.make_network_on_cpu = [] { return std::make_unique<const MeanNetwork>(); };
  const auto cleaner =
      std::make_shared<const PictureRestorer>(std::make_shared<const FullDevice>(), false, 1, back_off);
  FilmSteps film;
  film.clean = {false, 100};
  const std::vector<FrameGroupPtr> gathered =
      behind(make_neighbours_stage({"neighbours", 5, NeighboursOf::kFrame, true, true}, 8),
             behind(make_cuts_stage(8), groups_of(noisy_film(1, 8, kNoise).frames, 8)));
  const Stage clean = make_clean_stage(cleaner, film, VideoInfo());
  for (const FrameGroupPtr& group : gathered) {
    clean.run(*group);
    for (const FrameJob& job : group->jobs) {
      if (!job.frame) continue;
      ASSERT_NE(job.work.get<PictureFallback>(), nullptr);
      EXPECT_EQ(job.work.get<PictureFallback>()->by, "mean");
    }
  }
}

/// What the step makes of a film with this layout in each frame.
std::vector<Frame> cleaned_with(const std::vector<Frame>& film, const LayoutWork& layout) {
  const std::vector<FrameGroupPtr> groups = groups_of(film, 8);
  for (const FrameGroupPtr& group : groups) {
    for (FrameJob& job : group->jobs) job.work.make<LayoutWork>() = layout;
  }
  return cleaned_groups<MeanNetwork>(groups, {false, 100}, 8);
}

TEST(CleanStage, TilesAreCleanedByThemselvesAndNothingElse) {
  const Film film = noisy_film(21, 7, kNoise);
  const cv::Rect tile(32, 24, 96, 80);
  LayoutWork layout;
  layout.tiles = {{tile.x, tile.y, tile.width, tile.height}};
  const std::vector<Frame> result = cleaned_with(film.frames, layout);
  for (std::size_t i = 2; i < 5; ++i) {
    const cv::Mat before = grey_of(film.frames[i]), after = grey_of(result[i]);
    cv::Mat changed = before != after;
    EXPECT_GT(cv::countNonZero(changed(tile)), tile.area() / 2) << i;
    changed(tile).setTo(0);
    EXPECT_EQ(cv::countNonZero(changed), 0) << i;
    EXPECT_LT(cv::norm(after(tile), film.clean[i](tile), cv::NORM_L2),
              0.75 * cv::norm(before(tile), film.clean[i](tile), cv::NORM_L2));
  }
}

TEST(CleanStage, WhereAllIsAScreenNothingIsDone) {
  const Film film = noisy_film(22, 5, kNoise);
  LayoutWork layout;
  layout.screens = cv::Mat(testing::kFilmHeight, testing::kFilmWidth, CV_8U, cv::Scalar(255));
  const std::vector<Frame> result = cleaned_with(film.frames, layout);
  for (std::size_t i = 0; i < result.size(); ++i)
    EXPECT_EQ(cv::norm(grey_of(result[i]), grey_of(film.frames[i]), cv::NORM_INF), 0) << i;
}

}  // namespace
}  // namespace reelface
