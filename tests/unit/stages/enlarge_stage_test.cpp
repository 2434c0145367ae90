// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "film_of_scenery.h"
#include "image/resized_frame.h"
#include "pipeline/stages/clean_stage.h"
#include "pipeline/stages/enlarged_picture.h"
#include "pipeline/stages/neighbours_stage.h"
#include "pipeline/stages/paste_stage.h"
#include "pipeline/stages/upscale_stage.h"
#include "pipeline/values/enlarging.h"
#include "support/enlarging_networks.h"

namespace reelface {
namespace {

using testing::behind;
using testing::frame_of;
using testing::frames_of;
using testing::grey_of;
using testing::groups_of;
using testing::LiftingNetwork;
using testing::Scenery;
using testing::seen;
using testing::with_noise;

constexpr double kNoise = 8;
constexpr float kPainted = 3;
constexpr double kBrightness = 0.668;  // of noise in three colours: √(0.299² + 0.587² + 0.114²)
constexpr double kLift = 255 * static_cast<double>(LiftingNetwork::kLift);

class BrokenNetwork : public LiftingNetwork {
  void enlarge(const CropWindow* windows, int count, BothSizes* results) const override {
    LiftingNetwork::enlarge(windows, count, results);
    for (int i = 0; i < count; ++i) results[i].enlarged.samples.front() = std::numeric_limits<float>::quiet_NaN();
  }
};

/// Sees pictures alone, and paints something else on each.
class FlickeringNetwork : public LiftingNetwork {
 public:
  FlickeringNetwork() : LiftingNetwork(1) {}

  bool only_enlarges() const override { return true; }

  void enlarge(const CropWindow* windows, int count, BothSizes* results) const override {
    LiftingNetwork::enlarge(windows, count, results);
    for (int i = 0; i < count; ++i) {
      std::normal_distribution<float> painted(0, kPainted / 255);
      std::mt19937 generator(++seed_);
      for (float& sample : results[i].enlarged.samples) sample += painted(generator) - kLift;
      results[i].once = {};
    }
  }

 private:
  mutable unsigned seed_ = 0;
};

std::vector<Frame> film_of(int seed, int count, double noise) {
  std::vector<Frame> film;
  film.reserve(static_cast<std::size_t>(count));
  const Scenery scenery(seed);
  for (int i = 0; i < count; ++i) film.push_back(frame_of(with_noise(seen(scenery, {50 + 0.8 * i, 50}), noise, i)));
  return film;
}

EnlargeOptions times(double factor) {
  EnlargeOptions options;
  options.factor = factor;
  return options;
}

template <class Network>
std::shared_ptr<const PictureRestorer> restorer() {
  return std::make_shared<const PictureRestorer>(std::make_shared<const Network>(), true, 1);
}

/// Groups behind the step that enlarges.
template <class Network = LiftingNetwork>
std::vector<FrameGroupPtr> enlarged_groups(const std::vector<Frame>& film, double factor, double clean_percent,
                                           std::size_t frames_per_group = 8) {
  std::vector<FrameGroupPtr> groups = behind(make_cuts_stage(frames_per_group), groups_of(film, frames_per_group));
  const auto gathered = [&] {
    return behind(make_neighbours_stage({"neighbours", 5, NeighboursOf::kFrame, true}, frames_per_group), groups);
  };
  if (clean_percent > 0) {
    FilmSteps steps;
    steps.clean = {false, clean_percent};
    groups = gathered();
    const Stage clean = make_clean_stage(restorer<Network>(), steps, VideoInfo());
    for (const FrameGroupPtr& group : groups) clean.run(*group);
  }
  groups = gathered();
  const Stage stage = make_enlarge_stage(restorer<Network>(), times(factor), VideoInfo());
  for (const FrameGroupPtr& group : groups) stage.run(*group);
  return groups;
}

/// What the step that pastes makes of them.
std::vector<Frame> pasted(const std::vector<FrameGroupPtr>& groups, double factor) {
  const Stage paste = make_paste_stage(PictureOptions(), times(factor));
  for (const FrameGroupPtr& group : groups) paste.run(*group);
  return frames_of(groups);
}

double mean_difference(const Frame& left, const Frame& right) {
  return cv::mean(grey_of(left) - grey_of(right))[0];
}

double rms_difference(const Frame& left, const Frame& right) {
  const cv::Mat difference = grey_of(left) - grey_of(right);
  return cv::norm(difference, cv::NORM_L2) / std::sqrt(static_cast<double>(difference.total()));
}

TEST(EnlargeStage, PicturesComeOutAtTheSizeAskedForAndFramesStay) {
  const std::vector<Frame> film = film_of(1, 6, kNoise);
  for (const double factor : {1.5, 2.0, 3.0}) {
    const std::vector<FrameGroupPtr> groups = enlarged_groups(film, factor, 0);
    for (const FrameJob& job : groups.front()->jobs)
      EXPECT_EQ(cv::norm(grey_of(*job.frame), grey_of(film[static_cast<std::size_t>(job.index)]), cv::NORM_INF), 0);
    const std::vector<Frame> result = pasted(groups, factor);
    const FrameSize size = target_size(film[0].facts(), times(factor));
    for (std::size_t i = 0; i < result.size(); ++i) {
      ASSERT_EQ(size_of(result[i].facts()), size);
      EXPECT_NEAR(mean_difference(result[i], resized_frame(film[i], size)), kLift, 0.5);
    }
  }
}

TEST(EnlargeStage, NoiseStaysUnlessTheFilmIsCleaned) {
  const std::vector<Frame> film = film_of(2, 7, kNoise), clean = film_of(2, 7, 0);
  const Frame wanted = resized_frame(clean[3], {384, 288});
  const auto noise_of = [&](double percent) {
    const Frame result = std::move(pasted(enlarged_groups(film, 2, percent), 2)[3]);
    cv::Mat difference = grey_of(result) - grey_of(wanted);
    cv::Scalar mean, deviation;
    cv::meanStdDev(difference, mean, deviation);
    return deviation[0];
  };
  const double kept = noise_of(0), cleaned = noise_of(100);
  EXPECT_NEAR(kept, rms_difference(resized_frame(film[3], {384, 288}), wanted), 0.2);
  EXPECT_LT(cleaned, 0.7 * kept);
}

TEST(EnlargeStage, GroupsDoNotMatter) {
  const std::vector<Frame> film = film_of(3, 11, kNoise);
  const std::vector<Frame> by_eight = pasted(enlarged_groups(film, 2, 0, 8), 2);
  const std::vector<Frame> by_one = pasted(enlarged_groups(film, 2, 0, 1), 2);
  for (std::size_t i = 0; i < film.size(); ++i)
    EXPECT_EQ(cv::norm(grey_of(by_eight[i]), grey_of(by_one[i]), cv::NORM_INF), 0) << i;
}

TEST(EnlargeStage, WhereTheNetworkCannotTheSamplesThemselvesAreEnlarged) {
  std::vector<Frame> film = film_of(4, 6, 0);
  film[2].facts().damaged = true;
  film[4].facts().interlaced = true;
  const std::vector<Frame> result = pasted(enlarged_groups(film, 2, 0), 2);
  const std::vector<Frame> broken = pasted(enlarged_groups<BrokenNetwork>(film, 2, 0), 2);
  for (std::size_t i = 0; i < film.size(); ++i) {
    const Frame plain = resized_frame(film[i], {384, 288});
    EXPECT_EQ(rms_difference(result[i], plain) > 1, i != 2 && i != 4) << i;
    EXPECT_EQ(cv::norm(grey_of(broken[i]), grey_of(plain), cv::NORM_INF), 0) << i;
  }
}

std::vector<Frame> upscaled(const std::vector<Frame>& film, bool settles) {
  std::vector<FrameGroupPtr> groups = behind(make_cuts_stage(4), groups_of(film, 4));
  const Stage upscale = make_upscale_stage(restorer<FlickeringNetwork>(), times(2));
  for (const FrameGroupPtr& group : groups) upscale.run(*group);
  if (settles) {
    groups = behind(make_neighbours_stage({"pictures around", 3, NeighboursOf::kEnlargedPicture}, 4), groups);
    const Stage settle = make_settle_stage();
    for (const FrameGroupPtr& group : groups) settle.run(*group);
  }
  return pasted(groups, 2);
}

TEST(UpscaleStage, WhatChangesFromPictureToPictureIsSettledAndWhatMovesStays) {
  const std::vector<Frame> film = film_of(5, 9, 0);
  const std::vector<Frame> alone = upscaled(film, false), settled = upscaled(film, true);
  for (std::size_t i = 1; i + 1 < film.size(); ++i) {
    const Frame plain = resized_frame(film[i], {384, 288});
    const auto painted = [&](const Frame& frame) {
      cv::Scalar mean, deviation;
      cv::meanStdDev(grey_of(frame) - grey_of(plain), mean, deviation);
      return deviation[0];
    };
    EXPECT_NEAR(painted(alone[i]), kBrightness * kPainted, 0.4);
    EXPECT_LT(painted(settled[i]), 0.8 * painted(alone[i])) << i;
  }
}

}  // namespace
}  // namespace reelface
