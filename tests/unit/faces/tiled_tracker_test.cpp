// SPDX-License-Identifier: Apache-2.0
#include "faces/tiled_tracker.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <string>

#include "unit/faces/scripted_scene.h"

namespace reelface {
namespace {

using testing::Actor;
using testing::Scene;
using testing::TruePose;

const Box kLeft{0, 0, 640, 720}, kRight{640, 0, 640, 720};
constexpr int kFrames = 100, kSwitch = 50;

Actor somebody(double x, unsigned looks, double from = 0, double until = 1e9) {
  Actor actor;
  actor.pose = [=](double seconds) -> std::optional<TruePose> {
    if (seconds < from || seconds >= until) return std::nullopt;
    return TruePose{x + 6 * std::sin(3 * seconds), 300, 100, 0};
  };
  actor.looks = looks;
  return actor;
}

/// Somebody stays in the left tile; in the right one somebody comes in another's place.
Scene call_in_which_somebody_is_replaced() {
  Scene scene;
  scene.frame_count = kFrames;
  scene.actors = {somebody(320, 1), somebody(960, 2, 0, kSwitch / 25.0), somebody(960, 3, kSwitch / 25.0)};
  return scene;
}

using Tiles = std::function<std::vector<Box>(int frame)>;

std::vector<FrameTracks> tracked(const Scene& scene, const Tiles& tiles) {
  TiledTracker tracker;
  std::vector<FrameTracks> all;
  for (const FrameObservation& observation : scene.observations()) {
    for (FrameTracks& tracks : tracker.push(observation, tiles(static_cast<int>(observation.frame_index))))
      all.push_back(std::move(tracks));
  }
  for (FrameTracks& tracks : tracker.flush()) all.push_back(std::move(tracks));
  return all;
}

/// The tracks on each side, by their labels.
std::set<std::int64_t> labels_in(const std::vector<FrameTracks>& film, const Box& side, int from, int until) {
  std::set<std::int64_t> labels;
  for (const FrameTracks& frame : film) {
    if (frame.frame_index < from || frame.frame_index >= until) continue;
    for (const TrackedFace& face : frame.faces) {
      const float x = face.face.box.x + face.face.box.width / 2;
      if (x >= side.x && x < side.x + side.width) labels.insert(face.track_id);
    }
  }
  return labels;
}

TEST(TiledTracker, WhoeverComesInAnothersPlaceIsSomebodyElse) {
  const Scene scene = call_in_which_somebody_is_replaced();
  const auto apart = tracked(scene, [](int) { return std::vector<Box>{kLeft, kRight}; });
  ASSERT_EQ(apart.size(), static_cast<std::size_t>(kFrames));
  EXPECT_EQ(labels_in(apart, kLeft, 0, kFrames).size(), 1U) << "who stays, stays";
  const auto before = labels_in(apart, kRight, 0, kSwitch), behind = labels_in(apart, kRight, kSwitch, kFrames);
  EXPECT_EQ(before.size(), 1U);
  EXPECT_EQ(behind.size(), 1U);
  EXPECT_NE(before, behind);
  EXPECT_FALSE(apart[kSwitch].starts_shot) << "nothing ends in the other tile";
  const auto together = tracked(scene, [](int) { return std::vector<Box>{}; });
  EXPECT_EQ(labels_in(together, kRight, 0, kFrames).size(), 1U) << "only tiles tell that";
}

TEST(TiledTracker, WithoutTilesItIsOneTracker) {
  for (const int detect_every : {1, 3}) {
    Scene scene = call_in_which_somebody_is_replaced();
    scene.cuts = {30};
    scene.detect_every = detect_every;
    scene.noise.dropout = 0.1;
    const auto one = testing::track(scene.observations());
    const auto tiled = tracked(scene, [](int) { return std::vector<Box>{}; });
    ASSERT_EQ(one.size(), tiled.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
      EXPECT_EQ(one[i].frame_index, tiled[i].frame_index);
      EXPECT_EQ(one[i].starts_shot, tiled[i].starts_shot);
      ASSERT_EQ(one[i].faces.size(), tiled[i].faces.size());
      for (std::size_t face = 0; face < one[i].faces.size(); ++face) {
        EXPECT_EQ(one[i].faces[face].track_id, tiled[i].faces[face].track_id);
        EXPECT_EQ(one[i].faces[face].alignment.to_template.x, tiled[i].faces[face].alignment.to_template.x);
      }
    }
  }
}

TEST(TiledTracker, TilesThatAreNotFoundForAWhileGoOn) {
  Scene scene;
  scene.frame_count = kFrames;
  scene.actors = {somebody(320, 1), somebody(960, 2)};
  const auto film = tracked(scene, [](int frame) {
    const bool is_found = frame % 20 < 11;  // not for a third of a second
    const float astray = frame % 2 == 0 ? 0.0F : 12.0F;
    return is_found ? std::vector<Box>{kLeft, {640 + astray, 0, 640 - astray, 720}} : std::vector<Box>{};
  });
  EXPECT_EQ(labels_in(film, kLeft, 0, kFrames).size(), 1U);
  EXPECT_EQ(labels_in(film, kRight, 0, kFrames).size(), 1U);
}

TEST(TiledTracker, AnotherLayoutEndsTheTilesThatAreGone) {
  Scene scene;
  scene.frame_count = kFrames;
  scene.actors = {somebody(320, 1), somebody(960, 2)};
  const Box top{640, 0, 640, 400}, bottom{640, 400, 640, 320};
  const auto film = tracked(scene, [&](int frame) {
    return frame < kSwitch ? std::vector<Box>{kLeft, kRight} : std::vector<Box>{kLeft, top, bottom};
  });
  EXPECT_EQ(labels_in(film, kLeft, 0, kFrames).size(), 1U);
  ASSERT_EQ(film.size(), static_cast<std::size_t>(kFrames));
  for (const FrameTracks& frame : film) EXPECT_EQ(frame.faces.size(), 2U) << frame.frame_index;
  std::set<std::int64_t> pieces;
  for (const FrameTracks& frame : film) {
    for (const TrackedFace& face : frame.faces)
      if (face.face.box.x > 640) pieces.insert(face.piece_id);
  }
  EXPECT_EQ(pieces.size(), 2U) << "nothing is carried from the one tile to the other";
}

TEST(TiledTracker, FollowedFacesStayInTheirTile) {
  Scene scene = call_in_which_somebody_is_replaced();
  scene.detect_every = 2;
  std::vector<FrameObservation> observations = scene.observations();
  std::vector<ObservedFace> seen;
  TiledTracker tracker;
  std::vector<FrameTracks> film;
  for (FrameObservation& observation : observations) {
    if (observation.detected) seen = observation.faces;
    for (std::size_t place = 0; !observation.detected && place < seen.size(); ++place)
      observation.followed.push_back({place, seen[place].face});
    for (FrameTracks& tracks : tracker.push(observation, {kLeft, kRight})) film.push_back(std::move(tracks));
  }
  for (FrameTracks& tracks : tracker.flush()) film.push_back(std::move(tracks));
  EXPECT_EQ(labels_in(film, kLeft, 0, kFrames).size(), 1U);
  EXPECT_EQ(labels_in(film, kRight, 0, kSwitch - 2).size(), 1U);
  for (const FrameTracks& frame : film) EXPECT_EQ(frame.faces.size(), 2U) << frame.frame_index;
}

}  // namespace
}  // namespace reelface
