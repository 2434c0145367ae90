// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "raw_planes.h"
#include "reelface/core/error.h"
#include "reelface/measure/fidelity.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

using testing::PicturePair;

TEST(Psnr, EqualPicturesAreInfinitelyClose) {
  const PicturePair pair(33, 17, 8, 0.1, 0);
  EXPECT_EQ(mean_squared_error(pair.clean[0].view(), pair.clean[0].view()), 0);
  EXPECT_TRUE(std::isinf(psnr(pair.clean[0].view(), pair.clean[0].view(), 255)));
}

TEST(Psnr, KnownNoiseGivesKnownValue) {
  const std::vector<float> grey(std::size_t{512} * 512, 0.5F);
  const std::vector<float> noisy = testing::with_noise(grey, 0.02, 3);
  const SampleView a{grey.data(), 512, 512, 512}, b{noisy.data(), 512, 512, 512};
  EXPECT_NEAR(psnr(b, a, 1.0), -20 * std::log10(0.02), 0.03);
}

TEST(Psnr, OneStepEverywhereIsExact) {
  SamplePlane a(7, 5), b(7, 5);
  for (float& sample : b.samples) sample = 1;
  EXPECT_DOUBLE_EQ(psnr(a.view(), b.view(), 255), 20 * std::log10(255.0));
  EXPECT_DOUBLE_EQ(psnr(a.view(), b.view(), 1023), 20 * std::log10(1023.0));
}

TEST(Psnr, LargestSixteenBitDifferenceIsExact) {
  SamplePlane a(1921, 3), b(1921, 3);
  for (float& sample : b.samples) sample = 65535;
  EXPECT_DOUBLE_EQ(mean_squared_error(a.view(), b.view()), 65535.0 * 65535.0);
  EXPECT_DOUBLE_EQ(psnr(a.view(), b.view(), 65535), 0);
}

TEST(Psnr, RgbIsTheMeanOverChannels) {
  RgbImageF a(4, 4), b(4, 4);
  for (std::size_t i = 0; i < b.samples.size(); i += 3) b.samples[i] = 0.3F;  // red only
  EXPECT_NEAR(mean_squared_error(a.view(), b.view()), 0.03, 1e-8);
}

TEST(Psnr, ReadsOnlyTheViewNotThePadding) {
  const PicturePair pair(40, 30, 8, 0.05, 0);
  const SampleView clean = pair.clean[0].view().part(3, 4, 21, 13);
  SamplePlane copy(21, 13);
  for (int y = 0; y < 13; ++y) std::copy_n(clean.row(y), 21, copy.row(y));
  EXPECT_EQ(mean_squared_error(clean, copy.view()), 0);
}

TEST(Psnr, RefusesDifferentSizesAndNothing) {
  SamplePlane a(4, 4), b(4, 5), none;
  EXPECT_THROW(psnr(a.view(), b.view(), 255), Error);
  EXPECT_THROW(psnr(none.view(), none.view(), 255), Error);
}

class PsnrAgainstFfmpeg : public ::testing::TestWithParam<int> {};

TEST_P(PsnrAgainstFfmpeg, AgreesPerPlane) {
  const int depth = GetParam();
  const PicturePair pair(353, 289, depth, 0.03, 0.3);
  const testing::TemporaryFolder folder;
  testing::write_raw(folder.file("clean.yuv"), pair.clean, depth);
  testing::write_raw(folder.file("damaged.yuv"), pair.damaged, depth);
  const std::string raw =
      std::string("-f rawvideo -s 353x289 -pix_fmt ") + (depth == 8 ? "yuv420p" : "yuv420p10le") + " -i ";
  const auto ffmpeg = testing::run_program("ffmpeg -nostdin -hide_banner " + raw + folder.file("damaged.yuv") + " " +
                                           raw + folder.file("clean.yuv") + " -lavfi psnr=f=" + folder.file("log.txt") +
                                           " -f null - && cat " + folder.file("log.txt"));
  ASSERT_EQ(ffmpeg.exit_code, 0) << ffmpeg.output;
  const char* names[] = {"psnr_y:", "psnr_u:", "psnr_v:"};
  const char* errors[] = {"mse_y:", "mse_u:", "mse_v:"};
  for (std::size_t i = 0; i < 3; ++i) {
    const SampleView damaged = pair.damaged[i].view(), clean = pair.clean[i].view();
    EXPECT_NEAR(psnr(damaged, clean, pair.peak()), testing::number_after(ffmpeg.output, names[i]), 0.0051) << names[i];
    EXPECT_NEAR(mean_squared_error(damaged, clean), testing::number_after(ffmpeg.output, errors[i]), 0.0051);
  }
}

INSTANTIATE_TEST_SUITE_P(Depths, PsnrAgainstFfmpeg, ::testing::Values(8, 10));

}  // namespace
}  // namespace reelface
