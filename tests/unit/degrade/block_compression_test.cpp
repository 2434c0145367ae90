// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "degrade_pictures.h"

namespace reelface {
namespace {

using namespace testing;

cv::Mat as_bytes(const RgbImageF& picture) {
  cv::Mat bytes;
  as_matrix(picture).convertTo(bytes, CV_8UC3, 255);
  return bytes;
}

TEST(BlockCompression, LosesWhatAJpegFileLoses) {
  RgbImageF clean = pattern_picture(203, 149);
  clean.samples = with_noise(clean.samples, 0.03, 5);
  for (float& sample : clean.samples) sample = std::min(1.0F, std::max(0.0F, sample));
  for (const int quality : {10, 35, 75, 92}) {
    const cv::Mat ours = as_bytes(degraded(clean, [=](DegradeRecipe& r) { r.jpeg = quality; }));
    std::vector<unsigned char> file;
    cv::Mat bgr, theirs;
    cv::cvtColor(as_bytes(clean), bgr, cv::COLOR_RGB2BGR);
    cv::imencode(".jpg", bgr, file, {cv::IMWRITE_JPEG_QUALITY, quality});
    cv::cvtColor(cv::imdecode(file, cv::IMREAD_COLOR), theirs, cv::COLOR_BGR2RGB);
    const double our_loss = cv::PSNR(ours, as_bytes(clean)), their_loss = cv::PSNR(theirs, as_bytes(clean));
    EXPECT_NEAR(our_loss, their_loss, 0.5) << "quality " << quality;
    EXPECT_GT(cv::PSNR(ours, theirs), their_loss + 3) << "quality " << quality;
  }
}

TEST(BlockCompression, AnySizeEvenOnePixel) {
  for (const int side : {1, 2, 7, 8, 9, 17}) {
    const RgbImageF grey = flat_picture(side, side + 1, 0.5F);
    const auto result = degraded(grey, [](DegradeRecipe& r) { r.jpeg = 90; });
    for (const float sample : result.samples) EXPECT_NEAR(sample, 0.5, 0.02);
  }
}

}  // namespace
}  // namespace reelface
