// SPDX-License-Identifier: Apache-2.0
#include "people/identity_guard.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "people/identity_expectation.h"

namespace reelface {
namespace {

constexpr double kFrame = 0.04;

/// Strengths over `frames` frames from `first` on, with what each due measurement would say.
std::vector<double> guarded(int first, int frames, const std::function<double(int)>& measured) {
  IdentitySchedule schedule;
  IdentityGuard guard;
  std::vector<double> strengths;
  for (int frame = first; frame < first + frames; ++frame) {
    const double time = frame * kFrame;
    if (schedule.is_due(1, time)) guard.measure(1, time, measured(frame));
    strengths.push_back(guard.strength_at(1, time));
  }
  return strengths;
}

TEST(IdentityStrength, FallsSmoothlyAroundTheLimit) {
  EXPECT_EQ(identity_strength(-0.3, 0.2), 1);
  EXPECT_EQ(identity_strength(0.1, 0.2), 1);
  EXPECT_DOUBLE_EQ(identity_strength(0.2, 0.2), 0.5);
  EXPECT_EQ(identity_strength(0.3, 0.2), 0);
  for (int step = 0; step < 50; ++step) {
    const double excess = 0.01 * step;
    EXPECT_LE(identity_strength(excess + 0.01, 0.2), identity_strength(excess, 0.2));
    EXPECT_LT(std::abs(identity_strength(excess + 0.001, 0.2) - identity_strength(excess, 0.2)), 0.01);
  }
}

TEST(IdentityGuard, SomebodyElseIsNeverShown) {
  for (const double strength : guarded(7, 100, [](int) { return 0.0; })) EXPECT_EQ(strength, 0);
}

TEST(IdentityGuard, ChangesWithinTheFadeAndNeverJumps) {
  const auto strengths = guarded(0, 150, [](int frame) { return frame < 40 ? 1.0 : 0.0; });
  const double step = kFrame / IdentityGuard::kFadeSeconds;
  for (std::size_t frame = 1; frame < strengths.size(); ++frame) {
    EXPECT_LE(std::abs(strengths[frame] - strengths[frame - 1]), step + 1e-9) << frame;
  }
  EXPECT_EQ(strengths.front(), 1);
  EXPECT_EQ(strengths.back(), 0);
  // Seen at the next measurement, and gone a fade later.
  const auto gone =
      static_cast<std::size_t>((2 * IdentitySchedule::kStretchSeconds + IdentityGuard::kFadeSeconds) / kFrame);
  EXPECT_EQ(strengths[gone + 2], 0);
}

TEST(IdentityGuard, MeasuresSeldom) {
  int count = 0;
  guarded(3, 500, [&](int) { return ++count, 1.0; });
  EXPECT_LE(count, 500 * kFrame / IdentitySchedule::kStretchSeconds + 2);
  EXPECT_GE(count, 500 * kFrame / IdentitySchedule::kStretchSeconds - 1);
}

/// A part that starts two seconds early gives the whole film's numbers, to the last bit.
TEST(IdentityGuard, APartWithItsRunUpAgreesWithTheWhole) {
  const auto measured = [](int frame) { return 0.5 + 0.5 * std::sin(frame * 12.9898); };
  const int run_up = static_cast<int>(2 / kFrame);
  const auto whole = guarded(0, 600, measured);
  for (int start = run_up; start < 400; ++start) {
    const auto part = guarded(start - run_up, run_up + 150, measured);
    for (int frame = run_up; frame < run_up + 150; ++frame) {
      ASSERT_EQ(part[frame], whole[start - run_up + frame]) << "start " << start << ", frame " << frame - run_up;
    }
  }
}

TEST(IdentityGuard, PiecesAreApartAndCutsForgetThem) {
  IdentityGuard guard;
  guard.measure(1, 0, 0.25);
  guard.measure(2, 0, 0.75);
  EXPECT_EQ(guard.strength_at(1, 0.04), 0.25);
  EXPECT_EQ(guard.strength_at(2, 0.04), 0.75);
  EXPECT_EQ(guard.strength_at(3, 0.04), 1);
  guard.reset();
  EXPECT_EQ(guard.strength_at(1, 0.08), 1);
}

TEST(IdentityExpectation, PoorFacesMayMoveFarther) {
  EXPECT_GT(expected_identity_shift(32, 0.16), expected_identity_shift(64, 0.28) + 0.05);
  EXPECT_GT(expected_identity_shift(64, 0.05), expected_identity_shift(200, 0.5) + 0.05);
  EXPECT_LT(expected_identity_shift(256, 0.6), 0.1);
  EXPECT_LT(expected_identity_shift(10, 0), 0.75);
  EXPECT_EQ(expected_identity_shift(10, 0.1), expected_identity_shift(24, 0.1)) << "ends of the table hold beyond them";
  EXPECT_EQ(expected_identity_shift(500, 0.9), expected_identity_shift(256, 0.6));
  // Made as small again, a sharp face changes little however small it was; a blurred one still does.
  EXPECT_LT(expected_identity_unblur(32, 0.2), 0.7 * expected_identity_shift(32, 0.2));
  EXPECT_GT(expected_identity_unblur(96, 0.05), expected_identity_unblur(96, 0.4) + 0.1);
  EXPECT_GT(description_confidence(200, 0.5), 0.8);
  EXPECT_LT(description_confidence(24, 0.05), 0.4);
  for (int step = 0; step < 137; ++step) {  // no steps between the knots, from 20 to 300
    const double size = 20 * std::pow(1.02, step);
    EXPECT_NEAR(expected_identity_shift(size, 0.2), expected_identity_shift(size * 1.001, 0.2), 0.002) << size;
  }
}

}  // namespace
}  // namespace reelface
