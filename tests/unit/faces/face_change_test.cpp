// SPDX-License-Identifier: Apache-2.0
#include "faces/face_change.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <functional>
#include <random>
#include <utility>

#include "faces/face_thumbnail.h"
#include "motion/shot_cut_detector.h"
#include "unit/faces/drawn_person.h"

namespace reelface {
namespace {

using testing::draw_person;
using testing::noisy;
using testing::pixels;
using testing::posed_face;
using testing::track;
using testing::TruePose;

constexpr int kSlots = 3;
constexpr int kCut = 12, kFrames = 24;

struct Film {
  int people = kSlots;
  double size = 40;
  double noise = 3;
  int detect_every = 1;
  std::function<unsigned(int frame, int slot)> person = [](int, int slot) { return 1U + slot; };
  std::function<TruePose(int frame, const TruePose&)> moved = [](int, const TruePose& pose) { return pose; };
  std::function<void(int frame, cv::Mat&)> befalls = [](int, cv::Mat&) {};

  TruePose pose(int frame, int slot) const {
    const double x = 640.0 / people * (slot + 0.5) + 4 * std::sin(frame / 7.0 + slot);
    return moved(frame, {x, 180 + 3 * std::cos(frame / 9.0), size, 0});
  }

  cv::Mat picture(int frame) const {
    cv::Mat picture(360, 640, CV_8UC3, cv::Scalar(104, 112, 122));
    for (int slot = 0; slot < people; ++slot) draw_person(picture, pose(frame, slot), person(frame, slot));
    const int reach = static_cast<int>(2 * size);
    cv::Mat band = picture.rowRange(180 - reach, 180 + reach);
    cv::GaussianBlur(band, band, {}, 0.8);
    befalls(frame, picture);
    return noisy(picture, frame, noise);
  }

  std::vector<cv::Mat> pictures() const {
    std::vector<cv::Mat> all;
    all.reserve(kFrames);
    for (int frame = 0; frame < kFrames; ++frame) all.push_back(picture(frame));
    return all;
  }

  std::vector<FrameObservation> observations() const { return observations(pictures()); }

  std::vector<FrameObservation> observations(const std::vector<cv::Mat>& pictures) const {
    std::vector<FrameObservation> all;
    for (int frame = 0; frame < kFrames; ++frame) {
      FrameObservation observation{frame, frame / 25.0, frame == 0, frame % detect_every == 0, {}};
      for (int slot = 0; slot < people && observation.detected; ++slot) {
        const Face face = posed_face(pose(frame, slot));
        observation.faces.push_back({face, face_thumbnail(pixels(pictures[frame]), face)});
      }
      all.push_back(std::move(observation));
    }
    return all;
  }
};

std::vector<std::int64_t> shots_in(const std::vector<FrameObservation>& observations) {
  std::vector<std::int64_t> starts;
  for (const FrameTracks& frame : track(observations)) {
    if (frame.starts_shot) starts.push_back(frame.frame_index);
  }
  return starts;
}

bool cut_shows_in(const std::vector<cv::Mat>& pictures) {
  ShotCutDetector detector;
  bool shows = false;
  const auto note = [&](const std::vector<ShotDecision>& decisions) {
    for (const ShotDecision& decision : decisions) shows |= decision.frame_index == kCut && decision.starts_shot;
  };
  for (int frame = kCut - 4; frame < kCut + 4; ++frame) note(detector.push(frame, pixels(pictures[frame])));
  note(detector.flush());
  return shows;
}

Film cut_film(unsigned number, double size) {
  Film film;
  film.size = size;
  film.person = [=](int frame, int slot) { return 1000 + 10 * number + (frame < kCut ? 0U : 5U) + slot; };
  return film;
}

using Frames = std::vector<std::int64_t>;

TEST(FaceChange, EndsShotsWhereOnlyTheFacesTell) {
  constexpr int kCuts = 20;
  for (const double size : {32.0, 48.0}) {
    int by_picture = 0, by_faces = 0, elsewhere = 0;
    for (unsigned number = 0; number < kCuts; ++number) {
      const Film film = cut_film(number, size);
      const std::vector<cv::Mat> pictures = film.pictures();
      by_picture += cut_shows_in(pictures) ? 1 : 0;
      for (const std::int64_t start : shots_in(film.observations(pictures))) {
        if (start == kCut) ++by_faces;
        if (start != kCut && start != 0) ++elsewhere;
      }
    }
    std::printf("%2.0f px: of %d cuts pictures show %d, faces %d\n", size, kCuts, by_picture, by_faces);
    EXPECT_LT(by_picture, kCuts / 4) << "the cuts are too easy";
    EXPECT_GE(by_faces, kCuts * 4 / 5) << size;  // drawn faces are more alike than real ones
    EXPECT_EQ(elsewhere, 0) << size;
  }
}

TEST(FaceChange, NothingCrossesTheCut) {
  const auto observations = cut_film(3, 40).observations();
  const auto whole = track(observations);
  auto second = observations;
  second.erase(second.begin(), second.begin() + kCut);
  second.front().starts_shot = true;
  const auto first_alone = track({observations.begin(), observations.begin() + kCut});
  const auto second_alone = track(second);
  ASSERT_EQ(whole.size(), observations.size());
  for (int frame = 0; frame < kFrames; ++frame) {
    const FrameTracks& alone = frame < kCut ? first_alone[frame] : second_alone[frame - kCut];
    ASSERT_EQ(whole[frame].faces.size(), alone.faces.size()) << frame;
    ASSERT_EQ(whole[frame].faces.size(), 3U) << frame;
    for (std::size_t face = 0; face < alone.faces.size(); ++face) {
      EXPECT_EQ(whole[frame].faces[face].alignment.to_template.matrix(),
                alone.faces[face].alignment.to_template.matrix());
      EXPECT_EQ(whole[frame].faces[face].fade, 1);
      EXPECT_EQ(whole[frame].faces[face].track_id <= 3, frame < kCut);
    }
  }
}

TEST(FaceChange, WhatPassesIsNoCut) {
  struct Happening {
    const char* name;
    std::function<void(Film&)> set;
  };
  const auto seen_twice = [](int from, int length) {
    return [=](int frame) { return frame >= from && frame < from + length; };
  };
  const std::vector<Happening> happenings = {
      {"flash",
       [&](Film& film) {
         film.befalls = [now = seen_twice(kCut, 3)](int frame, cv::Mat& picture) {
           if (now(frame)) picture.convertTo(picture, -1, 3, 60);
         };
       }},
      {"others for three frames",
       [&](Film& film) {
         film.person = [now = seen_twice(kCut, 3)](int frame, int slot) { return (now(frame) ? 50U : 10U) + slot; };
       }},
      {"fade from black",
       [](Film& film) {
         film.befalls = [](int frame, cv::Mat& picture) {
           picture.convertTo(picture, -1, std::min(1.0, frame / 20.0), 0);
         };
       }},
      {"lamp",
       [](Film& film) {
         film.befalls = [](int frame, cv::Mat& picture) {
           if (frame >= kCut) picture.convertTo(picture, -1, 0.5, 40);
         };
       }},
      {"fast nod",
       [](Film& film) {
         film.moved = [](int frame, const TruePose& pose) {
           return TruePose{pose.x, pose.y + 12 * std::sin(0.5 * frame), pose.size, 0.15 * std::sin(0.5 * frame)};
         };
       }},
      {"pan",
       [](Film& film) {
         film.moved = [](int frame, const TruePose& pose) {
           return TruePose{pose.x + 8 * frame, pose.y, pose.size, 0};
         };
       }},
      {"a hand before the mouths",
       [](Film& film) {
         film.befalls = [](int frame, cv::Mat& picture) {
           if (frame >= kCut) picture.rowRange(184, 300).setTo(cv::Scalar(190, 150, 120));
         };
       }},
      {"a hand before one side",
       [](Film& film) {
         film.befalls = [](int frame, cv::Mat& picture) {
           for (int slot = 0; slot < 3 && frame >= kCut; ++slot) {
             const int middle = 107 + 213 * slot;
             picture.colRange(middle, middle + 60).setTo(cv::Scalar(60, 50, 40));
           }
         };
       }},
      {"one of three is somebody else",
       [](Film& film) {
         film.person = [](int frame, int slot) { return frame >= kCut && slot == 1 ? 77U : 10U + slot; };
       }},
      {"strong noise", [](Film& film) { film.noise = 25; }},
  };
  for (const Happening& happening : happenings) {
    for (const int people : {1, 3}) {
      if (people == 1 && std::string(happening.name).find("one of") == 0) continue;
      Film film;
      film.size = people == 1 ? 64 : 32;
      happening.set(film);
      film.people = people;
      EXPECT_EQ(shots_in(film.observations()), (Frames{0})) << happening.name << ", " << people << " people";
    }
  }
}

TEST(FaceChange, IsSeenWhereNotAllFramesAreLookedAt) {
  for (const int every : {2, 3, 4}) {
    Film film = cut_film(5, 48);
    film.detect_every = every;
    EXPECT_EQ(shots_in(film.observations()), (Frames{0, kCut})) << every;
  }
}

FacesOfFrame seen_as(const TruePose& pose, unsigned looks) {
  std::mt19937 random(looks);
  return {{posed_face(pose), testing::thumbnail_of(looks, random)}};
}

TEST(FaceChange, SomebodyFartherAwayIsStillInTheSamePlace) {
  const FacesOfFrame large = seen_as({100, 100, 40, 0}, 1);
  // A place is as wide as the larger of the two faces.
  for (const auto& [x, changes] : {std::pair(108.0, true), std::pair(113.0, false)}) {
    const FacesOfFrame small = seen_as({x, 100, 28, 0}, 2);
    EXPECT_EQ(everybody_changes({&large, &large}, {&small, &small, &small}), changes) << x;
    EXPECT_EQ(everybody_changes({&small, &small}, {&large, &large, &large}), changes) << x;
  }
}

TEST(FaceChange, FacesWithoutLooksSayNothing) {
  auto observations = cut_film(3, 40).observations();
  for (FrameObservation& observation : observations) {
    for (ObservedFace& face : observation.faces) face.thumbnail.reset();
  }
  for (const FrameTracks& frame : track(observations)) EXPECT_EQ(frame.starts_shot, frame.frame_index == 0);
}

}  // namespace
}  // namespace reelface
