// SPDX-License-Identifier: Apache-2.0
#include "faces/face_follower.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "faces/face_motion.h"
#include "faces/face_thumbnail.h"
#include "unit/faces/drawn_person.h"

namespace reelface {
namespace {

using testing::draw_person;
using testing::noisy;
using testing::pixels;
using testing::posed_face;
using testing::track;
using testing::TruePose;

constexpr double kFramesPerSecond = 25;

cv::Mat scene(const std::vector<TruePose>& poses, int frame, double noise, unsigned first_person = 3) {
  cv::Mat picture(360, 640, CV_8UC3, cv::Scalar(104, 112, 122));
  for (std::size_t index = 0; index < poses.size(); ++index) {
    // Drawn upright and turned with the face, as a head would be.
    cv::Mat upright = picture.clone();
    draw_person(upright, {poses[index].x, poses[index].y, poses[index].size, 0},
                first_person + static_cast<unsigned>(index));
    const cv::Mat turn = cv::getRotationMatrix2D(
        {static_cast<float>(poses[index].x), static_cast<float>(poses[index].y)}, -poses[index].angle * 180 / CV_PI, 1);
    cv::warpAffine(upright, picture, turn, picture.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  }
  cv::GaussianBlur(picture, picture, {}, 0.8);
  return noisy(picture, frame, noise);
}

cv::Mat grey(const cv::Mat& picture) {
  cv::Mat result;
  cv::cvtColor(picture, result, cv::COLOR_RGB2GRAY);
  return result;
}

double rms_distance(const Face& first, const Face& second) {
  double sum = 0;
  for (std::size_t point = 0; point < 5; ++point) {
    sum += std::pow(first.points[point].x - second.points[point].x, 2) +
           std::pow(first.points[point].y - second.points[point].y, 2);
  }
  return std::sqrt(sum / 5);
}

TEST(FaceMotion, IsFoundAtAnySize) {
  for (const double size : {28.0, 80.0, 200.0}) {
    for (const double noise : {2.0, 8.0}) {
      for (const double away : {0.0, 0.1, 0.3}) {
        const TruePose before{320, 170, size, 0.05};
        const TruePose after{320 + away * size, 170 - 0.5 * away * size, size * (1 + 0.1 * away), 0.05 + 0.2 * away};
        const auto found =
            face_in_next_picture(grey(scene({before}, 1, noise)), posed_face(before), grey(scene({after}, 2, noise)));
        ASSERT_TRUE(found) << size << ", noise " << noise << ", moved " << away;
        EXPECT_LT(rms_distance(*found, posed_face(after)), 0.03 * size)
            << size << ", noise " << noise << ", moved " << away;
        EXPECT_NEAR(found->box.width / posed_face(after).box.width, 1, 0.03);
      }
    }
  }
}

TEST(FaceMotion, IsNotInventedWhereTheFaceIsGone) {
  const TruePose pose{320, 170, 80, 0};
  const cv::Mat before = grey(scene({pose}, 1, 4)), gone = grey(scene({}, 2, 4));
  EXPECT_FALSE(face_in_next_picture(before, posed_face(pose), gone));
  EXPECT_FALSE(face_in_next_picture(before, posed_face(pose), cv::Mat()));
  EXPECT_FALSE(face_in_next_picture(before, posed_face({-300, 170, 80, 0}), before));
  EXPECT_FALSE(face_in_next_picture(before, posed_face({320, 170, 1e6, 0}), before));
}

/// A film of one face that is looked at in every Nth frame only, tracked.
struct Seldom {
  std::function<TruePose(double seconds)> pose;
  int every = 5;
  bool follows = true;
  double detector_noise_px = 0.4;
  std::vector<int> cuts{};
  int frames = 60;

  std::vector<FrameTracks> tracks() const {
    FaceFollower follower;
    std::vector<FrameObservation> all;
    // The small copy is half the film's size, and starts half a sample off.
    const Affine to_display = Affine::scale_and_move(2, 2, 0.5, 0.5);
    std::mt19937 random(5);
    std::normal_distribution<float> normal;
    for (int frame = 0; frame < frames; ++frame) {
      const double time = frame / kFramesPerSecond;
      const bool is_cut = std::find(cuts.begin(), cuts.end(), frame) != cuts.end();
      FrameObservation observation{frame, time, frame == 0 || is_cut, frame % every == 0, {}};
      const unsigned person = 3 + 10 * static_cast<unsigned>(std::count_if(cuts.begin(), cuts.end(),
                                                                           [&](int cut) { return cut <= frame; }));
      const TruePose small = pose(time);
      const cv::Mat picture = scene({small}, frame, 4, person);
      if (observation.detected) {
        Face face = posed_face({2 * small.x + 0.5, 2 * small.y + 0.5, 2 * small.size, small.angle});
        for (Point& point : face.points) {
          point.x += static_cast<float>(2 * detector_noise_px) * normal(random);
          point.y += static_cast<float>(2 * detector_noise_px) * normal(random);
        }
        observation.faces.push_back({face, face_thumbnail(pixels(picture), posed_face(small))});
        if (follows) follower.look(time, pixels(picture), to_display, observation.faces);
      } else if (follows) {
        observation.followed = follower.follow(time, pixels(picture), to_display);
      }
      all.push_back(std::move(observation));
    }
    return track(all);
  }

  /// Root mean square distance of the template's points from where they should be, in the 512 crop.
  double error() const {
    double sum = 0;
    int count = 0;
    for (const FrameTracks& frame : tracks()) {
      const TruePose small = pose(frame.time_seconds);
      const Face truth = posed_face({2 * small.x + 0.5, 2 * small.y + 0.5, 2 * small.size, small.angle});
      if (frame.frame_index < 10 || frame.frame_index >= frames - 10) continue;
      EXPECT_EQ(frame.faces.size(), 1U) << frame.frame_index;
      if (frame.faces.empty()) continue;
      sum += std::pow(rms_residual(frame.faces[0].alignment.to_template, truth.points, alignment_template(512)), 2);
      ++count;
    }
    return std::sqrt(sum / count);
  }
};

TruePose nod(double seconds) {
  return {320, 170 + 12 * std::sin(2 * CV_PI * 2 * seconds), 90, 0.06 * std::sin(2 * CV_PI * seconds)};
}
TruePose pan(double seconds) {
  return {100 + 100 * seconds, 170, 90, 0};
}
TruePose still(double) {
  return {320, 170, 90, 0};
}

TEST(FaceFollower, MotionBetweenLooksIsFollowed) {
  for (const int every : {2, 5, 10}) {
    Seldom seldom{nod, every};
    const double followed = seldom.error();
    seldom.follows = false;
    const double guessed = seldom.error();
    std::printf("nods, every %d: %.1f px followed, %.1f on lines\n", every, followed, guessed);
    EXPECT_LT(followed, 8) << every;
    if (every > 2) {
      EXPECT_LT(followed, 0.5 * guessed) << every;
    }
    EXPECT_LT(Seldom({pan, every}).error(), 5) << every;
  }
}

/// Root mean square second difference of where the smoothed alignment puts the middle of the crop, in the 512 crop.
double tremble(const std::vector<FrameTracks>& tracks) {
  std::vector<std::array<double, 2>> places;
  for (const FrameTracks& frame : tracks) {
    if (frame.faces.empty()) continue;
    const Point place = frame.faces[0].alignment.to_template.apply(Point{640, 340});
    places.push_back({place.x, place.y});
  }
  double sum = 0;
  for (std::size_t index = 2; index < places.size(); ++index) {
    for (const int axis : {0, 1})
      sum += std::pow(places[index][axis] - 2 * places[index - 1][axis] + places[index - 2][axis], 2);
  }
  return std::sqrt(sum / static_cast<double>(places.size() - 2));
}

TEST(FaceFollower, AFaceSeldomLookedAtIsAsSteady) {
  const double always = tremble(Seldom{still, 1}.tracks());
  for (const int every : {2, 5, 10}) {
    const double seldom = tremble(Seldom{still, every}.tracks());
    std::printf("still, every %d: second difference %.3f px, %.3f when always looked at\n", every, seldom, always);
    EXPECT_LT(seldom, 1.2 * always) << every;
  }
}

TEST(FaceFollower, ShotsHaveTheirFacesFromTheFirstFrameToTheLast) {
  Seldom film{pan, 5};
  film.cuts = {12, 31, 44};
  const auto tracks = film.tracks();
  for (const FrameTracks& frame : tracks) {
    ASSERT_EQ(frame.faces.size(), 1U) << frame.frame_index;
    EXPECT_EQ(frame.faces[0].fade, 1) << frame.frame_index;
    const TruePose truth = pan(frame.time_seconds);
    const Box& box = frame.faces[0].face.box;
    EXPECT_NEAR(box.x + box.width / 2, 2 * truth.x, 6) << frame.frame_index;
  }
}

TEST(FaceFollower, NothingIsFollowedAcrossAFrameWithoutPicture) {
  const TruePose pose{320, 170, 90, 0};
  const cv::Mat picture = scene({pose}, 1, 4);
  FaceFollower follower;
  std::vector<ObservedFace> faces{{posed_face(pose), {}}};
  follower.look(0, pixels(picture), {}, faces);
  EXPECT_EQ(follower.follow(0.04, pixels(picture), {}).size(), 1U);
  follower.forget();
  EXPECT_TRUE(follower.follow(0.08, pixels(picture), {}).empty());
  follower.look(0.12, pixels(picture), {}, faces);
  EXPECT_LE(faces[0].behind.size(), 1U);
}

TEST(FaceFollower, RemembersAFewPicturesOnly) {
  const TruePose pose{320, 170, 60, 0};
  FaceFollower follower;
  std::vector<ObservedFace> faces{{posed_face(pose), {}}};
  follower.look(0, pixels(scene({pose}, 0, 4)), {}, faces);
  for (int frame = 1; frame < 30; ++frame) {
    const std::size_t found = follower.follow(frame / 25.0, pixels(scene({pose}, frame, 4)), {}).size();
    EXPECT_EQ(found, frame <= static_cast<int>(FaceFollower::kMostFrames) ? 1U : 0U) << frame;
  }
  follower.look(1.2, pixels(scene({pose}, 30, 4)), {}, faces);
  EXPECT_LE(faces[0].behind.size(), FaceFollower::kMostFrames);
  EXPECT_GE(faces[0].behind.size(), FaceFollower::kMostFrames - 1);
}

}  // namespace
}  // namespace reelface
