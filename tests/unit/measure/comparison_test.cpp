// SPDX-License-Identifier: Apache-2.0
#include "measure/comparison.h"

#include <gtest/gtest.h>

#include <cmath>

#include "reelface/core/error.h"
#include "reelface/measure/fidelity.h"
#include "support/frames.h"
#include "support/place_in_rows.h"
#include "support/test_pattern.h"

namespace reelface {
namespace {

using testing::frame_facts;
using testing::frame_of_rgb;

Frame pattern_frame(const std::string& layout, int width, int height, double dx, double sigma = 0,
                    std::uint32_t seed = 1, const Box& only = {}) {
  const testing::TestPattern red(1), green(2), blue(3);
  const auto noise = testing::with_noise(
      std::vector<float>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)), sigma, seed);
  return frame_of_rgb(frame_facts(layout, width, height), [&](double x, double y) -> testing::RgbValues {
    const int column = std::min(width - 1, static_cast<int>(x)), row = std::min(height - 1, static_cast<int>(y));
    const bool is_noisy =
        only.width == 0 || (x >= only.x && x < only.x + only.width && y >= only.y && y < only.y + only.height);
    const double n = is_noisy ? static_cast<double>(noise[testing::place_in_rows(column, row, width)]) : 0;
    return {0.2 + 0.6 * red.at(x - dx, y) + n, 0.2 + 0.6 * green.at(x - dx, y) + n, 0.2 + 0.6 * blue.at(x - dx, y) + n};
  });
}

TEST(MeasurePicture, EqualPicturesArePerfect) {
  const MeasurablePicture picture = measurable_picture(pattern_frame("yuv420p", 200, 180, 0), true);
  const PictureMeasures same =
      measure_picture(picture, picture, {{20, 20, 60, 60}, {-30, -30, 35, 35}, {500, 3, 9, 9}});
  EXPECT_EQ(same.error_luma, 0);
  EXPECT_EQ(same.error_rgb, 0);
  EXPECT_EQ(same.ssim, 1);
  EXPECT_EQ(same.ms_ssim, 1);
  EXPECT_EQ(same.sharpness, 1);
  EXPECT_EQ(same.colour, 0);
  EXPECT_EQ(same.faces, 1);  // the others are outside, or only a corner is inside
  EXPECT_EQ(same.face_ssim, 1);
  EXPECT_EQ(same.face_brightness, 0);
}

TEST(MeasurePicture, FacesAreMeasuredByThemselves) {
  const Box face{40, 50, 60, 70};
  const MeasurablePicture clean = measurable_picture(pattern_frame("yuv444p", 160, 150, 0), true);
  const MeasurablePicture noisy = measurable_picture(pattern_frame("yuv444p", 160, 150, 0, 0.05, 1, face), true);
  const PictureMeasures inside = measure_picture(noisy, clean, {face}),
                        outside = measure_picture(noisy, clean, {{100, 0, 50, 50}});
  const double share = 60.0 * 70 / (160 * 150);
  EXPECT_NEAR(inside.face_error, inside.error_luma / share, 0.02 * inside.face_error);
  EXPECT_EQ(outside.face_error, 0);
  EXPECT_EQ(outside.face_ssim, 1);
  EXPECT_TRUE(std::isnan(measure_picture(noisy, clean, {}).face_error));
}

TEST(MeasurePicture, StoredLumaIsWhatEncodersMeasure) {
  const Frame clean = pattern_frame("yuv420p", 64, 48, 0), noisy = pattern_frame("yuv420p", 64, 48, 0, 0.03);
  ASSERT_TRUE(have_equal_codes(clean.facts(), noisy.facts()));
  const PictureMeasures measures =
      measure_picture(measurable_picture(noisy, true), measurable_picture(clean, true), {});
  EXPECT_NEAR(psnr_from_error(measures.error_luma, 1),
              psnr(component_plane(noisy, 0).view(), component_plane(clean, 0).view(), 255), 1e-3);
}

TEST(HaveEqualCodes, KnowsDepthRangeAndFamily) {
  const auto facts = [](const char* name) { return frame_facts(name, 8, 8); };
  EXPECT_TRUE(have_equal_codes(facts("yuv420p"), facts("yuv444p")));
  EXPECT_FALSE(have_equal_codes(facts("yuv420p"), facts("yuv420p10le")));
  EXPECT_FALSE(have_equal_codes(facts("yuv420p"), facts("yuvj420p")));
  EXPECT_FALSE(have_equal_codes(facts("gbrp"), facts("gbrp")));
}

TEST(MeasurePicture, DepthsMayDifferByWayOfRgb) {
  const MeasurablePicture eight = measurable_picture(pattern_frame("yuv444p", 80, 60, 0), false);
  const MeasurablePicture ten = measurable_picture(pattern_frame("yuv444p10le", 80, 60, 0), false);
  EXPECT_GT(psnr_from_error(measure_picture(eight, ten, {}).error_luma, 1), 50);
}

TEST(MeasureStep, SteadyIsBetterThanFlickering) {
  const Box face{40, 30, 60, 60};
  const MeasurablePicture clean[] = {measurable_picture(pattern_frame("yuv420p", 160, 120, 0), true),
                                     measurable_picture(pattern_frame("yuv420p", 160, 120, 1), true)};
  const MeasurablePicture noisy[] = {measurable_picture(pattern_frame("yuv420p", 160, 120, 0, 0.04, 1), true),
                                     measurable_picture(pattern_frame("yuv420p", 160, 120, 1, 0.04, 2), true)};
  const ReferenceStep step = reference_step(clean[0], clean[1], {face});
  const StepMeasures best = measure_step(clean[0], clean[1], clean[0], clean[1], step);
  const StepMeasures worse = measure_step(noisy[0], noisy[1], clean[0], clean[1], step);
  EXPECT_GT(worse.warping_error, 5 * best.warping_error);
  EXPECT_GT(worse.face_warping_error, 5 * best.face_warping_error);
  EXPECT_EQ(best.motion_difference, 0);
  EXPECT_GT(worse.motion_difference, 0.02);
}

TEST(MeasureStep, LargePicturesAreMeasuredSmallerInTheirOwnPixels) {
  const MeasurablePicture now = measurable_picture(pattern_frame("gray", 1200, 200, 0), true);
  const MeasurablePicture next = measurable_picture(pattern_frame("gray", 1200, 200, 4), true);
  EXPECT_EQ(now.small.width, 960);
  EXPECT_EQ(now.small_luma.height, 160);
  const StepMeasures still = measure_step(now, now, now, next, reference_step(now, next, {}));
  EXPECT_NEAR(still.motion_difference, 4, 1);
}

TEST(MeasureStep, TinyPicturesDoNotFail) {
  const MeasurablePicture tiny = measurable_picture(pattern_frame("yuv420p", 3, 2, 0), true);
  const MeasurablePicture other = measurable_picture(pattern_frame("yuv420p", 3, 2, 0), true);
  const ReferenceStep step = reference_step(tiny, tiny, {{0, 0, 2, 2}});
  EXPECT_EQ(measure_step(other, other, tiny, tiny, step).warping_error, 0);
  EXPECT_TRUE(std::isnan(measure_picture(other, tiny, {}).ssim));
}

TEST(MeasurePicture, RefusesDifferentSizes) {
  const MeasurablePicture a = measurable_picture(pattern_frame("gray", 30, 20, 0), true);
  const MeasurablePicture b = measurable_picture(pattern_frame("gray", 60, 40, 0), true);
  EXPECT_THROW(measure_picture(a, b, {}), Error);
}

}  // namespace
}  // namespace reelface
