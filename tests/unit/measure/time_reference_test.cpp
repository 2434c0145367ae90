// SPDX-License-Identifier: Apache-2.0
// Measures over time against the same definitions written down in numpy (reference_time.py).
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <numeric>

#include "measure/motion.h"
#include "measure/steadiness.h"
#include "python_reference.h"
#include "raw_planes.h"
#include "reelface/measure/fidelity.h"
#include "support/source_folder.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

constexpr int kWidth = 150;
constexpr int kHeight = 110;

class TimeMeasures : public ::testing::TestWithParam<int> {
 protected:
  /// A moving pattern with noise, in steps of the depth, 0..1.
  SamplePlane plane(std::uint32_t pattern, double shift, double noise) const {
    const std::vector<float> values =
        testing::with_noise(testing::TestPattern(pattern).plane(kWidth, kHeight, shift, shift / 2), noise, pattern + 5);
    SamplePlane result = testing::quantised_plane(kWidth, kHeight, values, GetParam());
    for (float& sample : result.samples) sample /= static_cast<float>(peak_of(GetParam()));
    return result;
  }

  RgbImageF picture(double shift, double noise) const {
    RgbImageF rgb(kWidth, kHeight);
    for (std::uint32_t channel = 0; channel < 3; ++channel) {
      const SamplePlane one = plane(channel + 1, shift, noise);
      for (std::size_t i = 0; i < one.samples.size(); ++i) rgb.samples[3 * i + channel] = one.samples[i];
    }
    return rgb;
  }

  void keep(const std::string& name, const std::vector<float>& values) const {
    std::ofstream(folder_.file(name + ".raw"), std::ios::binary)
        .write(reinterpret_cast<const char*>(values.data()),
               static_cast<std::streamsize>(values.size() * sizeof(float)));
  }

  double reference(const std::string& name) {
    if (output_.empty()) {
      output_ =
          testing::run_program("/usr/bin/python3 " + testing::source_file("tests/unit/measure/reference_time.py ") +
                               folder_.path().string() + " " + std::to_string(kWidth) + " " + std::to_string(kHeight))
              .output;
    }
    const std::size_t found = output_.find(name + ":");
    EXPECT_NE(found, std::string::npos) << output_;
    return found == std::string::npos ? 0 : std::stod(output_.substr(found + name.size() + 1));
  }

  static double share(const std::vector<std::uint8_t>& flags) {
    return std::accumulate(flags.begin(), flags.end(), 0.0) / static_cast<double>(flags.size());
  }

  testing::TemporaryFolder folder_;
  std::string output_;
};

TEST_P(TimeMeasures, AreWhatNumpyFinds) {
  if (!testing::python_has("numpy")) GTEST_SKIP() << "NOT CHECKED: python3-numpy is not installed";
  const SamplePlane still_now = plane(4, 0, 0);
  SamplePlane still_next = still_now;  // the right half moves
  const SamplePlane moved = plane(4, 3, 0);
  for (int y = 0; y < kHeight; ++y) std::copy_n(moved.view().row(y) + 70, kWidth - 70, still_next.row(y) + 70);
  const SamplePlane luma_now = plane(4, 0, 0.03), luma_next = plane(4, 0.2, 0.03);
  const RgbImageF now = picture(0, 0.02), next = picture(2.4, 0.02);
  const FrameMotion motion = estimate_motion(plane(1, 0, 0).view(), plane(1, 2.4, 0).view(), 1);
  const FlowField other = farneback_motion(plane(1, 0, 0.05).view(), plane(1, 2.4, 0.05).view(), 1);

  keep("now", now.samples);
  keep("next", next.samples);
  keep("still_now", still_now.samples);
  keep("still_next", still_next.samples);
  keep("luma_now", luma_now.samples);
  keep("luma_next", luma_next.samples);
  keep("forward", motion.forward.vectors);
  keep("backward", motion.backward.vectors);
  keep("other", other.vectors);
  keep("path", std::vector<float>(30, 0));
  keep("means", {0, 0, 0, 0});

  const WarpingError warping = warping_error(now.view(), next.view(), motion);
  const StaticFlicker flicker = static_flicker(luma_now.view(), luma_next.view(), still_now.view(), still_next.view());
  EXPECT_NEAR(share(motion.seen), reference("seen"), 1e-3);
  EXPECT_GT(reference("seen"), 0.5);
  EXPECT_LT(reference("seen"), 0.999) << "nothing was left out: the test would not notice";
  EXPECT_NEAR(warping.mean() / reference("warping_error"), 1, 5e-3);  // OpenCV samples in steps of 1/32 pixel
  EXPECT_NEAR(motion_difference(motion.forward, other), reference("motion_difference"), 1e-3);
  EXPECT_NEAR(static_cast<double>(flicker.samples) / (kWidth * kHeight), reference("still"), 1e-3);
  EXPECT_NEAR(flicker.rms(), reference("flicker"), 1e-5);
  EXPECT_NEAR(sharpness_ratio(luma_next.view(), still_next.view()), reference("sharpness"), 1e-3);
}

TEST_P(TimeMeasures, OfFacesAreWhatNumpyFinds) {
  if (!testing::python_has("numpy")) GTEST_SKIP() << "NOT CHECKED: python3-numpy is not installed";
  constexpr std::size_t kFrames = 40;
  constexpr double kFaceWidth = 70;
  const std::vector<float> shaking = testing::with_noise(std::vector<float>(10 * kFrames, 0), 0.4, 11);
  std::vector<float> numbers, means;
  std::vector<std::vector<Point>> path(kFrames);
  LandmarkTrembling trembling;
  BrightnessPumping pumping;
  for (std::size_t frame = 0; frame < kFrames; ++frame) {
    const auto time = static_cast<float>(frame);
    for (std::size_t point = 0; point < 5; ++point) {
      const std::size_t at = 10 * frame + 2 * point;
      path[frame].push_back(
          {20 + 3 * time + 7 * static_cast<float>(point) + shaking[at], 40 - 0.02F * time * time + shaking[at + 1]});
      numbers.push_back(path[frame].back().x);
      numbers.push_back(path[frame].back().y);
    }
    trembling.add(static_cast<std::int64_t>(frame), {{1, path[frame], kFaceWidth}});
    // A scene that brightens, seen with another exposure and some pumping.
    const double clean = mean_of(plane(4, 0.3 * time, 0).view()) + 0.004 * time;
    const double seen = mean_of(plane(4, 0.3 * time, 0.02).view()) + 0.004 * time + 0.1 + 0.01 * std::sin(1.7 * time);
    means.push_back(static_cast<float>(seen));
    means.push_back(static_cast<float>(clean));
    pumping.add(static_cast<double>(means[2 * frame]), static_cast<double>(means[2 * frame + 1]));
  }
  for (const char* other : {"now", "next"}) keep(other, RgbImageF(kWidth, kHeight).samples);
  for (const char* other : {"still_now", "still_next", "luma_now", "luma_next"}) keep(other, plane(4, 0, 0).samples);
  for (const char* other : {"forward", "backward", "other"}) keep(other, FlowField(kWidth, kHeight).vectors);
  keep("path", numbers);
  keep("means", means);
  EXPECT_NEAR(*landmark_jitter(path, kFaceWidth), reference("jitter") / kFaceWidth, 1e-5);
  EXPECT_NEAR(*trembling.rms(), reference("jitter") / kFaceWidth, 1e-5);
  EXPECT_GT(reference("jitter"), 1);
  EXPECT_NEAR(pumping.rms(), reference("pumping"), 1e-6);
  EXPECT_GT(reference("pumping"), 0.01);
}

INSTANTIATE_TEST_SUITE_P(Depths, TimeMeasures, ::testing::Values(8, 10));

}  // namespace
}  // namespace reelface
