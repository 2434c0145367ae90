// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "python_reference.h"
#include "raw_planes.h"
#include "reelface/core/error.h"
#include "reelface/measure/fidelity.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

using testing::PicturePair;

TEST(Ssim, EqualPicturesGiveExactlyOne) {
  for (const int depth : {8, 10, 16}) {
    const PicturePair pair(180, 177, depth, 0.1, 0);
    EXPECT_EQ(ssim(pair.damaged[0].view(), pair.damaged[0].view(), pair.peak()), 1.0);
    EXPECT_EQ(ms_ssim(pair.damaged[0].view(), pair.damaged[0].view(), pair.peak()), 1.0);
  }
}

TEST(Ssim, FlatPicturesDifferInLuminanceAlone) {
  SamplePlane dark(20, 20), bright(20, 20);
  std::fill(dark.samples.begin(), dark.samples.end(), 50.0F);
  std::fill(bright.samples.begin(), bright.samples.end(), 200.0F);
  const double c1 = 2.55 * 2.55;
  EXPECT_NEAR(*ssim(dark.view(), bright.view(), 255), (2 * 50 * 200 + c1) / (50 * 50 + 200 * 200 + c1), 1e-4);
}

TEST(Ssim, IsSymmetricAndFallsWithNoise) {
  double last = 1;
  for (const double sigma : {0.005, 0.02, 0.06, 0.15}) {
    const PicturePair pair(96, 64, 8, sigma, 0);
    const double value = *ssim(pair.damaged[0].view(), pair.clean[0].view(), 255);
    EXPECT_NEAR(value, *ssim(pair.clean[0].view(), pair.damaged[0].view(), 255), 1e-7);
    EXPECT_LT(value, last - 0.004);
    last = value;
  }
}

TEST(Ssim, SmallerThanTheWindowHasNoValue) {
  const SamplePlane narrow(10, 300), small(300, 175);
  EXPECT_FALSE(ssim(narrow.view(), narrow.view(), 255));
  EXPECT_FALSE(ms_ssim(small.view(), small.view(), 255));
  const SamplePlane smallest(11, 11), smallest_scales(176, 176);
  EXPECT_EQ(ssim(smallest.view(), smallest.view(), 255), 1.0);
  EXPECT_EQ(ms_ssim(smallest_scales.view(), smallest_scales.view(), 255), 1.0);
}

TEST(Ssim, RefusesDifferentSizes) {
  const SamplePlane a(20, 20), b(20, 21);
  EXPECT_THROW(ssim(a.view(), b.view(), 255), Error);
  EXPECT_THROW(ms_ssim(a.view(), b.view(), 255), Error);
}

TEST(Ssim, WorksOnPartsOfAPicture) {
  const PicturePair pair(120, 90, 8, 0.05, 0);
  const SampleView part = pair.damaged[0].view().part(13, 7, 50, 40), clean = pair.clean[0].view().part(13, 7, 50, 40);
  SamplePlane part_copy(50, 40), clean_copy(50, 40);
  for (int y = 0; y < 40; ++y) {
    std::copy_n(part.row(y), 50, part_copy.row(y));
    std::copy_n(clean.row(y), 50, clean_copy.row(y));
  }
  EXPECT_EQ(ssim(part, clean, 255), ssim(part_copy.view(), clean_copy.view(), 255));
}

// The definition once more, with OpenCV's Gaussian in double.
TEST(Ssim, AgreesWithOpenCv) {
  const PicturePair pair(161, 123, 8, 0.04, 0.4);
  const auto matrix = [](const SamplePlane& plane) {
    cv::Mat result;
    cv::Mat(plane.height, plane.width, CV_32F, const_cast<float*>(plane.samples.data())).convertTo(result, CV_64F);
    return result;
  };
  const auto blur = [](const cv::Mat& image) {
    cv::Mat result;
    cv::GaussianBlur(image, result, {11, 11}, 1.5);
    return cv::Mat(result(cv::Rect(5, 5, image.cols - 10, image.rows - 10)));
  };
  const cv::Mat a = matrix(pair.damaged[0]), b = matrix(pair.clean[0]);
  const cv::Mat ma = blur(a), mb = blur(b);
  const cv::Mat va = blur(a.mul(a)) - ma.mul(ma), vb = blur(b.mul(b)) - mb.mul(mb), cab = blur(a.mul(b)) - ma.mul(mb);
  cv::Mat value;
  cv::divide((2 * ma.mul(mb) + 6.5025).mul(2 * cab + 58.5225),
             (ma.mul(ma) + mb.mul(mb) + 6.5025).mul(va + vb + 58.5225), value);
  EXPECT_NEAR(*ssim(pair.damaged[0].view(), pair.clean[0].view(), 255), cv::mean(value)[0], 1e-6);
}

class SsimAgainstPython : public ::testing::TestWithParam<int> {};

TEST_P(SsimAgainstPython, Agrees) {
  if (!testing::python_has("numpy")) GTEST_SKIP() << "python3-numpy is not installed";
  const int depth = GetParam();
  const PicturePair pair(211, 183, depth, 0.05, 0.5);
  const testing::TemporaryFolder folder;
  testing::write_raw(folder.file("clean.raw"), {pair.clean[0]}, depth);
  testing::write_raw(folder.file("damaged.raw"), {pair.damaged[0]}, depth);
  const auto python = testing::run_reference("211 183 " + std::to_string(depth) + " " + folder.file("damaged.raw") +
                                             " " + folder.file("clean.raw"));
  ASSERT_EQ(python.exit_code, 0) << python.output;
  const SampleView damaged = pair.damaged[0].view(), clean = pair.clean[0].view();
  EXPECT_NEAR(psnr(damaged, clean, pair.peak()), testing::number_after(python.output, "psnr:"), 1e-6);
  const double value = *ssim(damaged, clean, pair.peak());
  EXPECT_NEAR(value, testing::number_after(python.output, "\nssim:"), 1e-5);
  EXPECT_NEAR(*ms_ssim(damaged, clean, pair.peak()), testing::number_after(python.output, "ms_ssim:"), 1e-5);
  if (python.output.find("skimage:absent") == std::string::npos) {
    EXPECT_NEAR(value, testing::number_after(python.output, "skimage_ssim:"), 1e-5);
  }
}

INSTANTIATE_TEST_SUITE_P(Depths, SsimAgainstPython, ::testing::Values(8, 10, 16));

}  // namespace
}  // namespace reelface
