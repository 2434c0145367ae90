// SPDX-License-Identifier: Apache-2.0
#include "faces/face_tracker.h"

#include <gtest/gtest.h>

#include <limits>

#include "unit/faces/tracking_scenarios.h"

namespace reelface {
namespace {

using testing::away_between;
using testing::hidden_between;
using testing::judge;
using testing::posed_face;
using testing::Scenario;
using testing::scenarios;
using testing::Scene;
using testing::scene_of;
using testing::Score;
using testing::still_actor;
using testing::track;
using testing::walking;

TEST(FaceTracker, KeepsPeopleApartAndTogether) {
  for (const Scenario& scenario : scenarios()) {
    for (unsigned seed : {1U, 2U, 3U}) {
      Scene scene = scenario.scene;
      scene.noise.seed = seed;
      const auto tracks = track(scene.observations());
      const Score score = judge(scene, tracks);
      SCOPED_TRACE(std::string(scenario.name) + ", seed " + std::to_string(seed));
      ASSERT_EQ(tracks.size(), static_cast<std::size_t>(scene.frame_count));
      EXPECT_EQ(score.switches, 0);
      EXPECT_GE(score.recall(), 0.97);
      EXPECT_EQ(score.false_faces, 0);
      EXPECT_EQ(score.labels.size(), static_cast<std::size_t>(scenario.people));
    }
  }
}

TEST(FaceTracker, EveryFrameComesOutOnceAndInOrder) {
  Scene scene = scenarios()[0].scene;
  scene.cuts = {1, 40, 41, 90};
  const auto tracks = track(scene.observations());
  ASSERT_EQ(tracks.size(), 150U);
  for (std::size_t frame = 0; frame < tracks.size(); ++frame) {
    EXPECT_EQ(tracks[frame].frame_index, static_cast<std::int64_t>(frame));
    EXPECT_EQ(tracks[frame].starts_shot, frame == 0 || frame == 1 || frame == 40 || frame == 41 || frame == 90);
  }
}

TEST(FaceTracker, HoldsNoMoreThanTheWindow) {
  FaceTracker tracker;
  std::size_t held = 0, most = 0;
  for (const FrameObservation& observation : scenarios()[0].scene.observations()) {
    held = held + 1 - tracker.push(observation).size();
    most = std::max(most, held);
  }
  EXPECT_LE(most, 14U);  // half a second at 25 fps
  EXPECT_EQ(tracker.flush().size(), held);
  EXPECT_TRUE(tracker.flush().empty());
}

TEST(FaceTracker, StandingTimesDoNotFillTheMemory) {
  FaceTracker tracker;
  std::size_t held = 0;
  for (int frame = 0; frame < 1000; ++frame) {
    FrameObservation observation{frame, 5.0, frame == 0, true, {{posed_face({100, 100, 50, 0}), std::nullopt}}};
    held = held + 1 - tracker.push(std::move(observation)).size();
    ASSERT_LE(held, 121U);
  }
}

TEST(FaceTracker, AStillPictureKeepsItsFaces) {
  FrameObservation still{
      0,
      0,
      true,
      true,
      {{posed_face({100, 100, 50, 0}, 0.66F), std::nullopt}, {posed_face({300, 100, 80, 0}), std::nullopt}}};
  const auto tracks = track({still});
  ASSERT_EQ(tracks.size(), 1U);
  ASSERT_EQ(tracks[0].faces.size(), 2U);
  EXPECT_EQ(tracks[0].faces[0].fade, 1);
  EXPECT_NEAR(tracks[0].faces[0].size_px, 50, 0.01);  // the smaller one first
  EXPECT_LT(tracks[0].faces[1].alignment.residual_px, 0.01);
}

TEST(FaceTracker, ASlideShowKeepsItsFaces) {
  std::vector<FrameObservation> slides;
  slides.reserve(6);
  for (int frame = 0; frame < 6; ++frame) {
    slides.push_back({frame, frame * 4.0, frame == 0, true, {{posed_face({200, 200, 100, 0}), std::nullopt}}});
  }
  for (const FrameTracks& tracks : track(slides)) {
    ASSERT_EQ(tracks.faces.size(), 1U);
    EXPECT_EQ(tracks.faces[0].fade, 1);
  }
}

TEST(FaceTracker, ShortFalseAlarmsAreDropped) {
  for (int length : {1, 2}) {
    Scene scene = scene_of({still_actor(300, 300, 100)}, 60, 0, 0);
    auto observations = scene.observations();
    for (int frame = 30; frame < 30 + length; ++frame)
      observations[frame].faces.push_back({posed_face({900, 200, 60, 0}, 0.99F), {}});
    EXPECT_EQ(judge(scene, track(observations)).false_faces, 0) << length;
  }
}

TEST(FaceTracker, FalseAlarmsThatComeBackNowAndThenAreDropped) {
  auto observations = scene_of({still_actor(300, 300, 100)}, 120, 0, 0).observations();
  for (int frame = 6; frame < 120; frame += 6)
    observations[frame].faces.push_back({posed_face({900, 200, 60, 0}, 0.7F), {}});
  for (const FrameTracks& frame : track(observations)) EXPECT_EQ(frame.faces.size(), 1U) << frame.frame_index;
}

TEST(FaceTracker, ConfidenceSinksWithScoreAndMisses) {
  const auto confidence_with = [](double dropout) {
    Scene scene = scene_of({still_actor(300, 300, 100)}, 60, dropout, 0);
    const auto tracks = track(scene.observations());
    return tracks[30].faces.empty() ? 0 : tracks[30].faces[0].confidence;
  };
  EXPECT_NEAR(confidence_with(0), 0.87, 0.05);
  EXPECT_NEAR(confidence_with(0.2), 0.87, 0.05);
  EXPECT_LT(confidence_with(0.7), 0.6);
}

TEST(FaceTracker, FadesInAndOutWithinAShot) {
  const Scene scene = scene_of({away_between(away_between(still_actor(300, 300, 90), 0, 1), 3, 9)}, 120, 0, 0);
  const auto tracks = track(scene.observations());
  double before = 0, largest_step = 0;
  for (const FrameTracks& frame : tracks) {
    const double fade = frame.faces.empty() ? 0 : frame.faces[0].fade;
    largest_step = std::max(largest_step, std::abs(fade - before));
    before = fade;
  }
  EXPECT_LT(largest_step, 0.3);
  EXPECT_LT(tracks[25].faces.at(0).fade, 0.1);
  EXPECT_EQ(tracks[32].faces.at(0).fade, 1);
  EXPECT_EQ(tracks[50].faces.at(0).fade, 1);
  EXPECT_LT(tracks[74].faces.at(0).fade, 0.1);
  EXPECT_TRUE(tracks[75].faces.empty());
}

TEST(FaceTracker, DoesNotFadeAtCuts) {
  Scene scene = scene_of({still_actor(300, 300, 90)}, 100, 0, 0);
  scene.cuts = {50};
  for (const FrameTracks& frame : track(scene.observations())) EXPECT_EQ(frame.faces.at(0).fade, 1);
}

TEST(FaceTracker, ShortGapsAreBridgedWithoutATrace) {
  const Scene scene = scene_of({hidden_between(walking(200, 300, 100, 100), 2, 2.2)}, 100, 0, 0);
  const auto tracks = track(scene.observations());
  for (int frame = 50; frame < 55; ++frame) {
    const TrackedFace& face = tracks[frame].faces.at(0);
    EXPECT_TRUE(face.interpolated);
    EXPECT_EQ(face.fade, 1);
    EXPECT_NEAR(face.face.box.x + face.face.box.width / 2, 200 + 100 * scene.time_of(frame), 4);
  }
  EXPECT_FALSE(tracks[55].faces.at(0).interpolated);
}

TEST(FaceTracker, LongGapsAreNot) {
  const Scene scene = scene_of({hidden_between(still_actor(300, 300, 100), 2, 2.8)}, 120, 0, 0);
  const auto tracks = track(scene.observations());
  EXPECT_TRUE(tracks[60].faces.empty());
  EXPECT_NE(tracks[40].faces.at(0).piece_id, tracks[80].faces.at(0).piece_id);
  EXPECT_EQ(tracks[40].faces.at(0).track_id, tracks[80].faces.at(0).track_id);
}

TEST(FaceTracker, FramesNotLookedAtAreFilled) {
  for (int every : {2, 3, 5}) {
    Scene scene = scene_of({walking(100, 300, 200, 100), still_actor(900, 600, 90)}, 120, 0, 0);
    scene.detect_every = every;
    const auto tracks = track(scene.observations());
    const Score score = judge(scene, tracks);
    EXPECT_EQ(score.switches, 0) << every;
    EXPECT_GE(score.recall(), 0.96) << every;
    EXPECT_EQ(tracks[61].faces.size(), 2U);
    EXPECT_EQ(tracks[61].faces[0].interpolated, 61 % every != 0);
    EXPECT_EQ(tracks[61].faces[0].fade, 1) << every;
  }
}

TEST(FaceTracker, WithoutWindowNothingIsHeldBackOrMoved) {
  FaceTrackerOptions options;
  options.window_seconds = 0;
  FaceTracker tracker(options);
  for (const FrameObservation& observation : scene_of({still_actor(300, 300, 90)}, 20, 0, 0).observations()) {
    const auto tracks = tracker.push(observation);
    ASSERT_EQ(tracks.size(), 1U);
    if (observation.frame_index < 3) continue;
    ASSERT_EQ(tracks[0].faces.size(), 1U);
    EXPECT_EQ(tracks[0].faces[0].fade, 1);
    const Similarity raw = fit_similarity(observation.faces[0].face.points, alignment_template(512));
    EXPECT_NEAR(tracks[0].faces[0].alignment.to_template.angle, raw.angle, 1e-9);
  }
}

TEST(FaceTracker, MalformedDetectionsAreIgnored) {
  const float nan = std::numeric_limits<float>::quiet_NaN(), huge = std::numeric_limits<float>::infinity();
  std::vector<FrameObservation> observations = scene_of({still_actor(300, 300, 90)}, 30, 0, 0).observations();
  for (FrameObservation& observation : observations) {
    Face face = posed_face({600, 300, 80, 0});
    face.points[2].x = nan;
    observation.faces.push_back({face, {}});
    face = posed_face({600, 300, 80, 0});
    face.box.width = huge;
    observation.faces.push_back({face, {}});
    face = posed_face({600, 300, 80, 0});
    face.box.height = -5;
    observation.faces.push_back({face, {}});
    face.box.height = 90;
    face.points.fill({600, 300});
    observation.faces.push_back({face, {}});
  }
  for (const FrameTracks& frame : track(observations)) EXPECT_EQ(frame.faces.size(), 1U);
}

void expect_same(const FrameTracks& one, const FrameTracks& other) {
  ASSERT_EQ(one.frame_index, other.frame_index);
  ASSERT_EQ(one.faces.size(), other.faces.size()) << one.frame_index;
  for (std::size_t index = 0; index < one.faces.size(); ++index) {
    const TrackedFace& a = one.faces[index];
    const TrackedFace& b = other.faces[index];
    EXPECT_EQ(a.alignment.to_template.matrix(), b.alignment.to_template.matrix());
    EXPECT_EQ(a.alignment.residual_px, b.alignment.residual_px);
    for (std::size_t point = 0; point < 5; ++point) {
      EXPECT_EQ(a.alignment.template_points[point].x, b.alignment.template_points[point].x);
      EXPECT_EQ(a.face.points[point].y, b.face.points[point].y);
    }
    EXPECT_EQ(a.face.box.x, b.face.box.x);
    EXPECT_EQ(a.fade, b.fade);
    EXPECT_EQ(a.confidence, b.confidence);
    EXPECT_EQ(a.size_px, b.size_px);
    EXPECT_EQ(a.interpolated, b.interpolated);
  }
}

TEST(FaceTracker, PartsOfAFilmEqualTheWhole) {
  for (const Scenario& scenario : scenarios()) {
    Scene scene = scenario.scene;
    scene.frame_count = 200;
    for (double fps : {25.0, 60.0}) {
      if (fps > 25 && scenario.people > 2) continue;  // the same at twice the time
      scene.frames_per_second = fps;
      const auto observations = scene.observations();
      const auto whole = track(observations);
      const int warm_up = static_cast<int>(2 * fps), ahead = static_cast<int>(0.5 * fps);
      for (int border : {121, 177}) {
        SCOPED_TRACE(std::string(scenario.name) + " from " + std::to_string(border));
        const int end = std::min(border + 15, 200);
        const std::vector<FrameObservation> part(observations.begin() + std::max(0, border - warm_up),
                                                 observations.begin() + std::min(200, end + ahead));
        for (const FrameTracks& frame : track(part)) {
          if (frame.frame_index < border || frame.frame_index >= end) continue;
          expect_same(frame, whole[static_cast<std::size_t>(frame.frame_index)]);
        }
      }
    }
  }
}

TEST(FaceTracker, NothingCrossesACut) {
  Scene scene = scene_of({still_actor(300, 300, 90), walking(100, 500, 120, 120)}, 120, 0.1, 0.1);
  for (int cut = 5; cut < 105; cut += 5) {
    scene.cuts = {cut};
    const auto observations = scene.observations();
    const auto whole = track(observations);
    const auto first = track({observations.begin(), observations.begin() + cut});
    const auto second = track({observations.begin() + cut, observations.end()});
    for (int frame = 0; frame < 120; ++frame)
      expect_same(frame < cut ? first[frame] : second[frame - cut], whole[frame]);
  }
}

}  // namespace
}  // namespace reelface
