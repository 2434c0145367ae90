// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "raw_planes.h"
#include "reelface/measure/fidelity.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

using testing::PicturePair;

class BlockSsimAgainstFfmpeg : public ::testing::TestWithParam<int> {};

TEST_P(BlockSsimAgainstFfmpeg, AgreesPerPlane) {
  const int depth = GetParam();
  const PicturePair pair(352, 289, depth, 0.03, 0.3);
  const testing::TemporaryFolder folder;
  testing::write_raw(folder.file("clean.yuv"), pair.clean, depth);
  testing::write_raw(folder.file("damaged.yuv"), pair.damaged, depth);
  const std::string raw =
      std::string("-f rawvideo -s 352x289 -pix_fmt ") + (depth == 8 ? "yuv420p" : "yuv420p10le") + " -i ";
  const auto ffmpeg = testing::run_program("ffmpeg -nostdin -hide_banner " + raw + folder.file("damaged.yuv") + " " +
                                           raw + folder.file("clean.yuv") + " -lavfi ssim=f=" + folder.file("log.txt") +
                                           " -f null - && cat " + folder.file("log.txt"));
  ASSERT_EQ(ffmpeg.exit_code, 0) << ffmpeg.output;
  const char* names[] = {"Y:", "U:", "V:"};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(*block_ssim(pair.damaged[i].view(), pair.clean[i].view(), pair.peak()),
                testing::number_after(ffmpeg.output, names[i]), 1e-4)
        << names[i];
  }
}

INSTANTIATE_TEST_SUITE_P(Depths, BlockSsimAgainstFfmpeg, ::testing::Values(8, 10));

TEST(BlockSsim, EqualPicturesGiveOneAndSmallOnesNothing) {
  const PicturePair pair(31, 29, 8, 0.1, 0);
  EXPECT_DOUBLE_EQ(*block_ssim(pair.damaged[0].view(), pair.damaged[0].view(), 255), 1.0);
  const SamplePlane small(7, 100);
  EXPECT_FALSE(block_ssim(small.view(), small.view(), 255));
}

}  // namespace
}  // namespace reelface
