// SPDX-License-Identifier: Apache-2.0
#include "faces/alignment_smoother.h"

#include <gtest/gtest.h>

#include "reelface/core/error.h"
#include "unit/faces/scripted_scene.h"

namespace reelface {
namespace {

using testing::posed_face;
using testing::TruePose;

constexpr double kFps = 25;

struct Outcome {
  std::vector<TruePose> truth;
  std::vector<AlignmentSample> samples;
  std::vector<SmoothedAlignment> smoothed;
};

/// Smooths a face that moves by a known function, seen with noise of `sigma` pixels per point.
Outcome smooth_path(const std::function<TruePose(double)>& pose, double sigma, int frames, double fps = kFps,
                    unsigned seed = 1) {
  Outcome result;
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  for (int frame = 0; frame < frames; ++frame) {
    const double time = frame / fps;
    result.truth.push_back(pose(time));
    AlignmentSample sample{time, posed_face(result.truth.back()).points, 0.9};
    for (Point& point : sample.points) {
      point.x += static_cast<float>(sigma * normal(random));
      point.y += static_cast<float>(sigma * normal(random));
    }
    result.samples.push_back(sample);
  }
  for (const AlignmentSample& sample : result.samples) {
    result.smoothed.push_back(smooth_alignment(result.samples, sample.time_seconds, alignment_template(512)));
  }
  return result;
}

Point centre_in_frame(const Similarity& to_template) {
  double x = 0, y = 0;
  for (const Point& point : alignment_template(512)) x += point.x / 5, y += point.y / 5;
  return to_template.inverse().apply({static_cast<float>(x), static_cast<float>(y)});
}

double second_difference_rms(const std::vector<Point>& path, std::size_t from, std::size_t to) {
  double sum = 0;
  for (std::size_t at = from + 1; at + 1 < to; ++at) {
    sum += std::pow(path[at - 1].x - 2 * path[at].x + path[at + 1].x, 2) +
           std::pow(path[at - 1].y - 2 * path[at].y + path[at + 1].y, 2);
  }
  return std::sqrt(sum / static_cast<double>(to - from - 2));
}

/// How far the true points are from the template under the smoothed alignment, rms over all frames, and at worst.
std::pair<double, double> true_residual(const Outcome& result, std::size_t margin = 0) {
  double sum = 0, worst = 0;
  std::size_t count = 0;
  for (std::size_t at = margin; at + margin < result.truth.size(); ++at) {
    const double residual =
        rms_residual(result.smoothed[at].to_template, posed_face(result.truth[at]).points, alignment_template(512));
    sum += residual * residual;
    worst = std::max(worst, residual);
    ++count;
  }
  return {std::sqrt(sum / static_cast<double>(count)), worst};
}

double jitter_ratio(const Outcome& result, std::size_t from, std::size_t to) {
  std::vector<Point> raw, smooth;
  for (std::size_t at = 0; at < result.samples.size(); ++at) {
    raw.push_back(centre_in_frame(fit_similarity(result.samples[at].points, alignment_template(512))));
    smooth.push_back(centre_in_frame(result.smoothed[at].to_template));
  }
  return second_difference_rms(smooth, from, to) / second_difference_rms(raw, from, to);
}

TruePose drifting(double time) {
  return {400 + 3 * std::sin(0.7 * time), 300 + 2 * time, 100, 0.05 * std::sin(time)};
}

TEST(AlignmentSmoother, AStillFaceIsSteady) {
  const Outcome result = smooth_path(drifting, 1, 200);
  const double ratio = jitter_ratio(result, 10, 190);
  RecordProperty("jitter_ratio_x1000", static_cast<int>(ratio * 1000));
  EXPECT_LE(ratio, 0.08);
  EXPECT_LE(true_residual(result).first, 1.5);
}

TEST(AlignmentSmoother, TheWholeTransformIsSteadyNotOnlyThePosition) {
  // Far from the frame's corner, noise in angle and scale would throw x and y about if they were smoothed as such.
  const Outcome result = smooth_path([](double) { return TruePose{3000, 2000, 100, 0}; }, 1, 150);
  for (std::size_t at = 11; at < 139; ++at) {
    const Point was = result.smoothed[at - 1].to_template.apply({3000, 2000});
    const Point is = result.smoothed[at].to_template.apply({3000, 2000});
    ASSERT_LT(std::hypot(is.x - was.x, is.y - was.y), 0.8) << at;
    ASSERT_LT(std::abs(result.smoothed[at].to_template.angle - result.smoothed[at - 1].to_template.angle), 0.006) << at;
  }
}

TEST(AlignmentSmoother, FastNodsStayOnTheTemplate) {
  const auto nod = [](double time) { return TruePose{400, 300 + 10 * std::sin(6.2832 * 2 * time), 100, 0}; };
  const auto [typical, worst] = true_residual(smooth_path(nod, 1, 200));
  EXPECT_LE(typical, 5.5);
  EXPECT_LE(worst, 9);
}

TEST(AlignmentSmoother, ShakesOfTheHeadStayOnTheTemplate) {
  const auto shake = [](double time) { return TruePose{400, 300, 100, 0.15 * std::sin(6.2832 * 2 * time)}; };
  EXPECT_LE(true_residual(smooth_path(shake, 1, 200)).first, 6);
}

TEST(AlignmentSmoother, PansStayOnTheTemplateAndSteady) {
  const auto pan = [](double time) { return TruePose{100 + 200 * time, 300, 100, 0}; };
  const Outcome result = smooth_path(pan, 1, 125);
  EXPECT_LE(true_residual(result).first, 1.5);
  EXPECT_LE(jitter_ratio(result, 10, 115), 0.08);
}

TEST(AlignmentSmoother, ASuddenStartIsFollowed) {
  const auto start = [](double time) { return TruePose{100 + 200 * std::max(0.0, time - 2), 300, 100, 0}; };
  const Outcome result = smooth_path(start, 1, 125);
  EXPECT_LE(true_residual(result, 44).first, 5);  // the half second or so around the start
  // No frame is farther from its raw points than the limit, and the raw points are about 3 px off the truth.
  EXPECT_LE(true_residual(result).second, 8 + 3);
}

TEST(AlignmentSmoother, AHeadThrownAboutStaysInItsCrop) {
  // As in a real clip: 60 px a frame at 230 px size, every fifth frame the one before again (20 frames a second sold as
  // 25).
  const auto wild = [](double time) {
    const double shown = std::floor(time * 25 + 0.5) - std::floor((time * 25 + 0.5) / 5);
    return TruePose{300 + 70 * std::sin(0.9 * shown), 270 + 25 * std::cos(0.6 * shown), 230, 0};
  };
  const auto [typical, worst] = true_residual(smooth_path(wild, 1, 120));
  EXPECT_LE(typical, 8);
  EXPECT_LE(worst, 8 + 3);
}

TEST(AlignmentSmoother, WithoutNoiseNothingIsBent) {
  const auto path = [](double time) {
    return TruePose{100 + 100 * time, 300 - 40 * time, 80 * std::exp(0.2 * time), 0.3 * time};
  };
  const Outcome result = smooth_path(path, 0, 60);
  EXPECT_LE(true_residual(result).second, 1.0);
}

TEST(AlignmentSmoother, AJumpedDetectionIsIgnored) {
  Outcome result = smooth_path(drifting, 0.5, 60);
  for (Point& point : result.samples[30].points) point.x += 25;
  double worst = 0;
  for (std::size_t at = 24; at < 37; ++at) {
    const auto smoothed = smooth_alignment(result.samples, result.samples[at].time_seconds, alignment_template(512));
    worst = std::max(worst,
                     rms_residual(smoothed.to_template, posed_face(result.truth[at]).points, alignment_template(512)));
  }
  EXPECT_LE(worst, 3);  // the jump is 80 px in the crop
}

TEST(AlignmentSmoother, FollowsRealTimeNotFrameCounts) {
  // A steady pan in a film whose frame times are uneven: a filter over frame numbers would swing.
  std::vector<AlignmentSample> samples;
  std::vector<TruePose> truth;
  double time = 0;
  for (int frame = 0; frame < 60; ++frame) {
    truth.push_back({100 + 150 * time, 300, 100, 0});
    samples.push_back({time, posed_face(truth.back()).points, 1});
    time += frame % 3 == 0 ? 0.1 : 0.02;
  }
  for (std::size_t at = 0; at < samples.size(); ++at) {
    const auto smoothed = smooth_alignment(samples, samples[at].time_seconds, alignment_template(512));
    ASSERT_LE(rms_residual(smoothed.to_template, samples[at].points, alignment_template(512)), 0.05) << at;
  }
}

TEST(AlignmentSmoother, AnglesMayPassTheHalfTurn) {
  const Outcome result = smooth_path([](double time) { return TruePose{400, 300, 100, 2.9 + 0.3 * time}; }, 0.3, 60);
  EXPECT_LE(true_residual(result).second, 2);
}

TEST(AlignmentSmoother, DependsOnItsWindowOnly) {
  const Outcome whole = smooth_path(drifting, 1, 100);
  const std::vector<AlignmentSample> near(whole.samples.begin() + 40, whole.samples.begin() + 60);
  const auto from_all = smooth_alignment(whole.samples, whole.samples[50].time_seconds, alignment_template(512));
  const auto from_near = smooth_alignment(near, whole.samples[50].time_seconds, alignment_template(512));
  EXPECT_EQ(from_all.to_template.matrix(), from_near.to_template.matrix());
}

TEST(AlignmentSmoother, FewSamplesAreTakenAsTheyAre) {
  const std::array<Point, 5> points = posed_face({200, 100, 60, 0.1}).points;
  const auto one = smooth_alignment({{7, points, 1}}, 7, alignment_template(512));
  EXPECT_LT(one.residual_px, 1e-3);
  const auto two =
      smooth_alignment({{7, points, 1}, {7.04, posed_face({230, 100, 60, 0.1}).points, 1}}, 7, alignment_template(512));
  EXPECT_LT(two.residual_px, 0.5);
  EXPECT_THROW(smooth_alignment({}, 7, alignment_template(512)), Error);
  EXPECT_THROW(smooth_alignment({{9, points, 1}}, 7, alignment_template(512)), Error);
}

TEST(AlignmentSmoother, NoWindowMeansRaw) {
  const Outcome result = smooth_path(drifting, 1, 20);
  AlignmentOptions options;
  options.half_window_seconds = 0;
  for (const AlignmentSample& sample : result.samples) {
    const auto smoothed = smooth_alignment(result.samples, sample.time_seconds, alignment_template(512), options);
    const Similarity raw = fit_similarity(sample.points, alignment_template(512));
    EXPECT_NEAR(smoothed.to_template.angle, raw.angle, 1e-9);
    EXPECT_NEAR(smoothed.to_template.x, raw.x, 0.01);
  }
}

TEST(AlignmentSmoother, ShapeIsSmoothedToo) {
  const Outcome result = smooth_path(drifting, 1, 100);
  double raw = 0, smooth = 0;
  for (std::size_t at = 20; at < 80; ++at) {
    const Similarity alignment = fit_similarity(result.samples[at].points, alignment_template(512));
    raw += std::pow(alignment.apply(result.samples[at].points[2]).y - alignment_template(512)[2].y, 2);
    smooth += std::pow(result.smoothed[at].template_points[2].y - alignment_template(512)[2].y, 2);
  }
  EXPECT_LT(smooth, 0.25 * raw);
}

}  // namespace
}  // namespace reelface
