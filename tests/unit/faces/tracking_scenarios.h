// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "unit/faces/scripted_scene.h"

/// People who stand, walk, cross and are hidden, and how well tracks follow them.
namespace reelface::testing {

struct Score {
  int should = 0, found = 0, switches = 0, false_faces = 0;
  std::set<std::int64_t> labels;
  double recall() const { return should == 0 ? 1 : static_cast<double>(found) / should; }
};

/// Compares tracks with the actors. A hidden actor may but need not be found.
inline Score judge(const Scene& scene, const std::vector<FrameTracks>& tracks) {
  Score score;
  std::map<std::size_t, std::int64_t> label_of;
  for (const FrameTracks& frame : tracks) {
    const double time = scene.time_of(static_cast<int>(frame.frame_index));
    std::set<std::size_t> explained;
    for (std::size_t index = 0; index < scene.actors.size(); ++index) {
      const auto pose = scene.actors[index].pose(time);
      if (!pose) continue;
      std::size_t best = frame.faces.size();
      double nearest = 0.3 * pose->size;
      for (std::size_t face = 0; face < frame.faces.size(); ++face) {
        const Box& box = frame.faces[face].face.box;
        const double away = std::hypot(box.x + box.width / 2 - pose->x, box.y + box.height / 2 - pose->y);
        if (away < nearest && explained.count(face) == 0) nearest = away, best = face;
      }
      const bool hidden = scene.actors[index].hidden(time);
      if (!hidden) ++score.should;
      if (best == frame.faces.size()) continue;
      explained.insert(best);
      if (!hidden) ++score.found;
      const std::int64_t label = frame.faces[best].track_id;
      score.labels.insert(label);
      const auto known = label_of.find(index);
      if (known != label_of.end() && known->second != label) ++score.switches;
      label_of[index] = label;
    }
    score.false_faces += static_cast<int>(frame.faces.size() - explained.size());
  }
  return score;
}

inline std::optional<TruePose> line(double x, double y, double speed_x, double speed_y, double size, double time) {
  return TruePose{x + speed_x * time, y + speed_y * time, size, 0};
}

struct Scenario {
  const char* name;
  Scene scene;
  int people;
};

inline Scene scene_of(std::vector<Actor> actors, int frames, double dropout = 0.05, double false_positives = 0.05) {
  Scene scene;
  scene.actors = std::move(actors);
  scene.frame_count = frames;
  scene.noise = {1, dropout, false_positives, 7};
  return scene;
}

inline Actor still_actor(double x, double y, double size, unsigned looks = 0) {
  return {[=](double) { return TruePose{x, y, size, 0}; }, [](double) { return false; }, looks};
}

inline Actor walking(double x, double y, double speed, double size, unsigned looks = 0) {
  return {[=](double time) { return line(x, y, speed, 0, size, time); }, [](double) { return false; }, looks};
}

inline Actor hidden_between(Actor actor, double from, double to) {
  actor.hidden = [=](double time) { return time >= from && time < to; };
  return actor;
}

inline Actor away_between(Actor actor, double from, double to) {
  const auto pose = actor.pose;
  actor.pose = [=](double time) { return time >= from && time < to ? std::optional<TruePose>() : pose(time); };
  return actor;
}

inline std::vector<Scenario> scenarios() {
  std::vector<Scenario> all;
  all.push_back({"two stand still", scene_of({still_actor(300, 300, 100), still_actor(800, 350, 140)}, 150), 2});
  all.push_back(
      {"two cross, seen throughout", scene_of({walking(200, 300, 150, 100), walking(1000, 330, -150, 110)}, 140), 2});
  // They meet at 2.67 s; the one behind is not seen for 0.4 s.
  all.push_back(
      {"two cross, one behind the other",
       scene_of({walking(200, 300, 150, 110), hidden_between(walking(1000, 310, -150, 100), 2.45, 2.85)}, 140), 2});
  all.push_back(
      {"two cross slowly, known by their looks",
       scene_of({walking(300, 300, 60, 100, 11), hidden_between(walking(700, 305, -60, 100, 22), 3.0, 3.45)}, 170), 2});
  all.push_back({"one leaves, one stays",
                 scene_of({still_actor(300, 300, 90), away_between(walking(700, 300, 100, 90), 2, 99)}, 120), 2});
  all.push_back(
      {"one comes late", scene_of({still_actor(300, 300, 90), away_between(still_actor(800, 300, 90), 0, 2)}, 120), 2});
  all.push_back({"one returns to the place",
                 scene_of({still_actor(300, 300, 90), away_between(still_actor(800, 300, 90), 2, 4)}, 170), 2});
  all.push_back(
      {"one returns elsewhere, known by the looks",
       scene_of({still_actor(300, 300, 90, 5), away_between({[](double time) {
                                                               return TruePose{time < 3 ? 800.0 : 500.0, 320, 90, 0};
                                                             },
                                                             [](double) { return false; }, 6},
                                                            2, 4)},
                170),
       2});
  all.push_back(
      {"occluded for half a second, many dropouts",
       scene_of({hidden_between(walking(200, 300, 60, 120), 2, 2.4), still_actor(900, 500, 60)}, 150, 0.2, 0.1), 2});
  std::vector<Actor> tiles;
  for (int tile = 0; tile < 9; ++tile) {
    const double x = 213 + 427 * (tile % 3), y = 120 + 240 * (tile / 3), phase = tile;
    tiles.push_back({[=](double time) {
      return TruePose{x + 15 * std::sin(3 * time + phase), y + 8 * std::cos(4 * time + phase), 90, 0};
    }});
  }
  all.push_back({"nine tiles", scene_of(tiles, 150, 0.05, 0.2), 9});
  all.push_back({"a row of heads, close together",
                 scene_of({walking(200, 300, 40, 80), walking(290, 305, 40, 80), walking(380, 300, 40, 80),
                           walking(470, 310, 40, 80)},
                          150),
                 4});
  all.push_back({"one fast, one grows",
                 scene_of({walking(50, 200, 400, 80), {[](double time) {
                             return TruePose{700, 500, 60 * std::exp(0.25 * time), 0};
                           }}},
                          75),
                 2});
  return all;
}

}  // namespace reelface::testing
