// SPDX-License-Identifier: Apache-2.0
#include "faces/face_strength.h"

#include <gtest/gtest.h>

#include "unit/faces/scripted_scene.h"

namespace reelface {
namespace {

constexpr CropQuality kPoor{0.15, 2};

TrackedFace plain_face(double size = 100) {
  TrackedFace face;
  face.size_px = size;
  face.confidence = 0.9;
  face.alignment.template_points = alignment_template(512);
  return face;
}

/// The five points of a head turned by `degrees`, by a simple model: a nose that stands out of a plane of eyes and
/// mouth.
std::array<Point, 5> turned_head(double degrees) {
  const double turn = degrees / 57.2958;
  std::array<Point, 5> points = alignment_template(512);
  for (std::size_t index = 0; index < points.size(); ++index) {
    const double depth = index == 2 ? 63 : 0;
    points[index].x = static_cast<float>(256 + (points[index].x - 256) * std::cos(turn) + depth * std::sin(turn));
  }
  return points;
}

TEST(FaceStrength, AnOrdinaryPoorFaceGetsItAll) {
  const StrengthFactors factors = face_strength(plain_face(), kPoor);
  EXPECT_EQ(factors.total(), 1);
  EXPECT_EQ(factors.main_reason(), "full");
}

TEST(FaceStrength, RampsWithSize) {
  StrengthOptions options;
  options.min_face_px = 40;
  options.max_face_px = 200;
  const auto at = [&](double size) { return face_strength(plain_face(size), kPoor, options).total(); };
  EXPECT_EQ(at(30), 0);
  EXPECT_NEAR(at(40), 0.5, 0.01);
  EXPECT_EQ(at(50), 1);
  EXPECT_EQ(at(160), 1);
  EXPECT_NEAR(at(200), 0.5, 0.01);
  EXPECT_EQ(at(240), 0);
  EXPECT_EQ(face_strength(plain_face(30), kPoor, options).main_reason(), "size");
  for (int twice_size = 40; twice_size < 520; ++twice_size)
    EXPECT_NEAR(at(twice_size / 2.0), at((twice_size + 1) / 2.0), 0.08);
}

TEST(FaceStrength, FallsTowardsProfile) {
  for (double degrees : {-80, -60, -30, 0, 20, 50, 70}) {
    EXPECT_NEAR(estimated_yaw_degrees(turned_head(degrees)), degrees, 3);
  }
  TrackedFace face = plain_face();
  const auto at = [&](double degrees) {
    face.alignment.template_points = turned_head(degrees);
    return face_strength(face, kPoor).total();
  };
  EXPECT_EQ(at(30), 1);
  EXPECT_LT(at(60), 0.7);
  EXPECT_NEAR(at(80), 0.2, 0.02);
  EXPECT_NEAR(at(-60), at(60), 0.02);
  for (int degrees = 0; degrees < 85; ++degrees) EXPECT_NEAR(at(degrees), at(degrees + 1), 0.05);
  EXPECT_EQ(face_strength(face, kPoor).main_reason(), "pose");
  face.alignment.template_points.fill({256, 256});
  EXPECT_TRUE(std::isfinite(face_strength(face, kPoor).total()));
}

TEST(FaceStrength, SparesSharpCleanFaces) {
  EXPECT_EQ(face_strength(plain_face(), {0.65, 2}).total(), 0);
  EXPECT_EQ(face_strength(plain_face(), {0.65, 2}).main_reason(), "need");
  EXPECT_EQ(face_strength(plain_face(), {0.65, 7}).total(), 1);  // sharp, but full of grain
  EXPECT_EQ(face_strength(plain_face(), {0.3, 1}).total(), 1);
}

TEST(FaceStrength, FollowsUserConfidenceAndPresence) {
  StrengthOptions options;
  options.user = 0.6;
  EXPECT_NEAR(face_strength(plain_face(), kPoor, options).total(), 0.6, 1e-12);
  TrackedFace face = plain_face();
  face.fade = 0.5;
  face.selection = 0.5;
  EXPECT_NEAR(face_strength(face, kPoor).total(), 0.25, 1e-12);
  face = plain_face();
  face.confidence = 0.68;
  EXPECT_LT(face_strength(face, kPoor).total(), 0.3);
  options = {};
  options.doubtful_score = 0.4;
  options.sure_score = 0.6;
  EXPECT_EQ(face_strength(face, kPoor, options).total(), 1);
  EXPECT_EQ(face_strength(face, kPoor).main_reason(), "confidence");
}

TEST(FaceStrength, WhatIsLargeAndClearMustLookMoreLikeAFace) {
  StrengthOptions options;
  options.sure_score = options.doubtful_score + 0.1;
  TrackedFace leaves = plain_face(200);
  leaves.confidence = 0.71;
  const CropQuality clear{0.15, 0.3}, noisy{0.15, 4.2};  // as measured on half_body's leaves and on a noisy film
  EXPECT_EQ(face_strength(leaves, clear, options).confidence, 0);
  EXPECT_GT(face_strength(leaves, noisy, options).confidence, 0.9) << "in noise every face is doubtful";
  leaves.size_px = 60;
  EXPECT_GT(face_strength(leaves, clear, options).confidence, 0.9) << "small ones score no better";
  leaves.size_px = 200;
  leaves.confidence = 0.84;
  EXPECT_EQ(face_strength(leaves, clear, options).confidence, 1);
}

}  // namespace
}  // namespace reelface
