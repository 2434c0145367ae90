// SPDX-License-Identifier: Apache-2.0
// What the embedded network that enlarges makes of drawn pictures, of which the truth is known: half the size by means
// of four pixels, and back.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <opencv2/imgproc.hpp>

#include "image/resized_frame.h"
#include "inference/engine/picture_restorer.h"
#include "inference/native/upscaler_cpu.h"
#include "motion/upscaling_limits.h"
#include "support/rgb_sample.h"
#include "support/source_folder.h"

namespace reelface {
namespace {

constexpr int kSide = 128;  // of the truth
constexpr int kMargin = 16;

/// Levels of brightness.
using Drawing = std::function<double(int x, int y)>;

RgbImageF half_of(const Drawing& drawing) {
  RgbImageF picture(kSide / 2, kSide / 2);
  for (int y = 0; y < kSide / 2; ++y) {
    for (int x = 0; x < kSide / 2; ++x) {
      const double sum =
          drawing(2 * x, 2 * y) + drawing(2 * x + 1, 2 * y) + drawing(2 * x, 2 * y + 1) + drawing(2 * x + 1, 2 * y + 1);
      std::fill_n(&testing::sample_at(picture, x, y), 3, static_cast<float>(sum / 4 / 255));
    }
  }
  return picture;
}

class Loupe : public ::testing::Test {
 protected:
  /// Of its green, in levels.
  double enlarged(int x, int y) const { return 255.0 * testing::sample_at(result_, x, y, 1); }

  void enlarge(const Drawing& drawing) {
    const RgbImageF half = half_of(drawing);
    result_ = restorer_.enlarge({half.view()}).enlarged;
    hold_back_upscaling(half.view(), result_);
    ASSERT_EQ(result_.width, kSide);
  }

  double rms_error(const Drawing& drawing) const {
    double squares = 0;
    int count = 0;
    for (int y = kMargin; y < kSide - kMargin; ++y) {
      for (int x = kMargin; x < kSide - kMargin; ++x, ++count) squares += std::pow(enlarged(x, y) - drawing(x, y), 2);
    }
    return std::sqrt(squares / count);
  }

  PictureRestorer restorer_{
      std::make_shared<const UpscalerCpu>(read_checkpoint(testing::source_file("models/loupe.safetensors"))), true, 1};
  RgbImageF result_;
};

TEST_F(Loupe, FlatGroundStaysFlat) {
  for (const double level : {16.0, 90.0, 128.0, 200.0, 235.0}) {
    enlarge([level](int, int) { return level; });
    for (int x = kMargin; x < kSide - kMargin; ++x) EXPECT_NEAR(enlarged(x, 64), level, 0.5) << level;
  }
}

/// Where brightness crosses the middle between two levels, along a row.
double edge_in_row(const std::function<double(int)>& level, double middle) {
  for (int x = kMargin; x < kSide - kMargin; ++x) {
    if (level(x) <= middle && level(x + 1) > middle) return x + (middle - level(x)) / (level(x + 1) - level(x));
  }
  return -1;
}

TEST_F(Loupe, EdgesStayWhereTheyAreAndDoNotRing) {
  for (const int edge : {62, 63, 64, 65}) {
    const Drawing drawing = [edge](int x, int) { return x < edge ? 40.0 : 200.0; };
    enlarge(drawing);
    double lowest = 255, highest = 0;
    for (int x = kMargin; x < kSide - kMargin; ++x) {
      lowest = std::min(lowest, enlarged(x, 64));
      highest = std::max(highest, enlarged(x, 64));
    }
    EXPECT_GT(lowest, 40 - 8.01) << edge;
    EXPECT_LT(highest, 200 + 8.01) << edge;
    EXPECT_NEAR(edge_in_row([&](int x) { return enlarged(x, 64); }, 120), edge - 0.5, 0.3) << edge;
  }
}

TEST_F(Loupe, SlantedEdgesAreSmoothAndSharp) {
  const Drawing drawing = [](int x, int y) { return 3 * x + y < 256 ? 60.0 : 190.0; };
  enlarge(drawing);
  EXPECT_LT(rms_error(drawing), 5.5);
}

TEST_F(Loupe, GentleWavesPass) {
  const Drawing waves = [](int x, int y) {
    return 127 + 80 * std::cos((std::pow(x - 64, 2) + std::pow(y - 64, 2)) / 500.0);
  };
  enlarge(waves);
  EXPECT_LT(rms_error(waves), 3);
}

/// What is no worse than plain enlarging, squared error against squared error.
double lanczos_error(const Drawing& drawing) {
  const RgbImageF half = half_of(drawing);
  const RgbImageF plain = lanczos_resized(half.view(), {kSide, kSide});
  double squares = 0;
  int count = 0;
  for (int y = kMargin; y < kSide - kMargin; ++y) {
    for (int x = kMargin; x < kSide - kMargin; ++x, ++count)
      squares += std::pow(255.0 * plain.samples[static_cast<std::size_t>(kSide * y + x) * 3 + 1] - drawing(x, y), 2);
  }
  return std::sqrt(squares / count);
}

/// Dark letters on light ground, smooth at their edges, as a printer or a slide has them.
Drawing letters() {
  cv::Mat page(kSide * 4, kSide * 4, CV_8U, cv::Scalar(220)), small;
  int baseline = 100;
  for (const char* const line : {"Reel 1907", "abcdefgh", "TITLE xyz", "minimum"}) {
    cv::putText(page, line, {80, baseline}, cv::FONT_HERSHEY_DUPLEX, 2.2, cv::Scalar(30), 6, cv::LINE_AA);
    baseline += 100;
  }
  cv::resize(page, small, {kSide, kSide}, 0, 0, cv::INTER_AREA);
  return [small](int x, int y) { return static_cast<double>(small.at<std::uint8_t>(y, x)); };
}

TEST_F(Loupe, LettersGetClearer) {
  const Drawing drawing = letters();
  enlarge(drawing);
  EXPECT_LT(rms_error(drawing), lanczos_error(drawing));
}

TEST_F(Loupe, ThinLinesStayInTheirPlace) {
  for (const int place : {60, 61, 62, 63}) {
    enlarge([place](int x, int) { return x == place || x == place + 1 ? 40.0 : 200.0; });
    double weight = 0, centre = 0;
    for (int x = place - 12; x < place + 14; ++x)
      weight += 200 - enlarged(x, 64), centre += x * (200 - enlarged(x, 64));
    EXPECT_NEAR(centre / weight, place + 0.5, 0.3) << place;
    EXPECT_NEAR(weight, 2 * 160, 0.1 * 2 * 160) << "neither thicker nor thinner";
  }
}

TEST_F(Loupe, CheckerboardsStayCheckerboards) {
  const Drawing drawing = [](int x, int y) { return (x / 8 + y / 8) % 2 != 0 ? 190.0 : 60.0; };
  enlarge(drawing);
  EXPECT_LT(rms_error(drawing), lanczos_error(drawing));
}

TEST_F(Loupe, ColourIsNotInvented) {
  enlarge([](int x, int y) { return (x / 6 + y / 9) % 2 != 0 ? 180.0 : 70.0; });
  for (std::size_t i = 0; i < result_.samples.size(); i += 3) {
    ASSERT_NEAR(result_.samples[i], result_.samples[i + 1], 6.0F / 255);
    ASSERT_NEAR(result_.samples[i + 2], result_.samples[i + 1], 6.0F / 255);
  }
}

}  // namespace
}  // namespace reelface
