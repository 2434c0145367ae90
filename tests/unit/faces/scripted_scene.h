// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <random>
#include <vector>

#include "faces/face_tracker.h"

namespace reelface::testing {

/// Where an actor's face truly is.
struct TruePose {
  double x = 0, y = 0;  ///< centre of the face, pixels
  double size = 100;    ///< √(width·height) of the box, pixels
  double angle = 0;     ///< radians
};

/// A face whose five points have the template's shape, at this pose.
inline Face posed_face(const TruePose& pose, float score = 0.9F) {
  const std::array<Point, 5> shape = alignment_template(512);
  double mean_x = 0, mean_y = 0;
  for (const Point& point : shape) mean_x += point.x / 5, mean_y += point.y / 5;
  const double scale = pose.size / 280;
  Face face;
  for (std::size_t index = 0; index < shape.size(); ++index) {
    const double dx = scale * (shape[index].x - mean_x), dy = scale * (shape[index].y - mean_y);
    face.points[index] = {static_cast<float>(pose.x + std::cos(pose.angle) * dx - std::sin(pose.angle) * dy),
                          static_cast<float>(pose.y + std::sin(pose.angle) * dx + std::cos(pose.angle) * dy)};
  }
  const double width = pose.size * 0.87, height = pose.size / 0.87;
  face.box = {static_cast<float>(pose.x - width / 2), static_cast<float>(pose.y - height / 2),
              static_cast<float>(width), static_cast<float>(height)};
  face.score = score;
  return face;
}

struct Actor {
  std::function<std::optional<TruePose>(double seconds)> pose;                ///< nothing = not in the picture
  std::function<bool(double seconds)> hidden = [](double) { return false; };  ///< there, but the detector cannot see it
  unsigned looks = 0;                                                         ///< 0 = no thumbnails
};

struct SceneNoise {
  double points_px_at_100 = 1;  ///< of each point of a face of 100 px
  double dropout = 0;           ///< share of sightings missed
  double false_positives = 0;   ///< expected per frame
  unsigned seed = 1;
};

/// Some texture that stands for what a person looks like, a little different in each frame.
inline FaceThumbnail thumbnail_of(unsigned looks, std::mt19937& random) {
  std::mt19937 person(looks);
  std::normal_distribution<float> normal;
  FaceThumbnail thumbnail;
  double length = 0;
  for (float& value : thumbnail.values) {
    value = normal(person) + 0.3F * normal(random);
    length += value * value;
  }
  for (float& value : thumbnail.values) value /= static_cast<float>(std::sqrt(length));
  return thumbnail;
}

struct Scene {
  std::vector<Actor> actors;
  SceneNoise noise;
  double frames_per_second = 25;
  int frame_count = 100;
  std::vector<int> cuts;  ///< frames that start a shot, besides the first
  int detect_every = 1;
  double width = 1280, height = 720;

  double time_of(int frame) const { return frame / frames_per_second; }

  std::vector<FrameObservation> observations() const {
    std::vector<FrameObservation> all;
    for (int frame = 0; frame < frame_count; ++frame) {
      FrameObservation observation;
      observation.frame_index = frame;
      observation.time_seconds = time_of(frame);
      observation.starts_shot = frame == 0 || std::find(cuts.begin(), cuts.end(), frame) != cuts.end();
      observation.detected = frame % detect_every == 0;
      if (observation.detected) observation.faces = detections(frame);
      all.push_back(std::move(observation));
    }
    return all;
  }

 private:
  std::vector<ObservedFace> detections(int frame) const {
    // One generator per frame: any part of the scene can be made alone.
    std::mt19937 random(noise.seed * 100003U + static_cast<unsigned>(frame));
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    std::vector<ObservedFace> faces;
    for (const Actor& actor : actors) {
      const auto pose = actor.pose(time_of(frame));
      if (!pose || actor.hidden(time_of(frame)) || uniform(random) < noise.dropout) continue;
      ObservedFace observed{posed_face(*pose, static_cast<float>(0.8 + 0.15 * uniform(random))), std::nullopt};
      const double sigma = noise.points_px_at_100 * pose->size / 100;
      for (Point& point : observed.face.points) {
        point.x += static_cast<float>(sigma * normal(random));
        point.y += static_cast<float>(sigma * normal(random));
      }
      observed.face.box.x += static_cast<float>(sigma * normal(random));
      observed.face.box.y += static_cast<float>(sigma * normal(random));
      observed.face.box.width *= static_cast<float>(1 + 0.02 * normal(random));
      if (actor.looks != 0) observed.thumbnail = thumbnail_of(actor.looks, random);
      faces.push_back(observed);
    }
    if (uniform(random) < noise.false_positives) {
      faces.push_back(
          {posed_face({uniform(random) * width, uniform(random) * height, 30 + 100 * uniform(random), 0}, 0.7F),
           std::nullopt});
    }
    return faces;
  }
};

inline std::vector<FrameTracks> track(const std::vector<FrameObservation>& observations,
                                      const FaceTrackerOptions& options = {}) {
  FaceTracker tracker(options);
  std::vector<FrameTracks> all;
  for (const FrameObservation& observation : observations) {
    for (FrameTracks& tracks : tracker.push(observation)) all.push_back(std::move(tracks));
  }
  for (FrameTracks& tracks : tracker.flush()) all.push_back(std::move(tracks));
  return all;
}

}  // namespace reelface::testing
