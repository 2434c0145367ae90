// SPDX-License-Identifier: Apache-2.0
#include "film/faded_colours.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>

#include "reelface/image/frame_picture.h"

namespace reelface {
namespace {

/// Patches of many colours and greys from black to white, then changed channel by channel.
template <class Change>
RgbImage8 patches(Change change) {
  RgbImage8 picture(160, 120);
  cv::RNG random(0x9E3779B97F4A7C15U);
  for (int top = 0; top < 120; top += 6) {
    for (int left = 0; left < 160; left += 8) {
      const bool is_grey = random.uniform(0, 3) != 0;
      const int grey = random.uniform(0, 256);
      std::uint8_t colour[3];
      for (int channel = 0; channel < 3; ++channel)
        colour[channel] = cv::saturate_cast<std::uint8_t>(change(channel, is_grey ? grey : random.uniform(0, 256)));
      for (int y = top; y < top + 6; ++y) {
        for (int x = left; x < left + 8; ++x) std::copy_n(colour, 3, &picture.samples[std::size_t(3) * (y * 160 + x)]);
      }
    }
  }
  return picture;
}

constexpr double kGain[3] = {0.6, 0.5, 0.4}, kBlack[3] = {60, 40, 50};

RgbImage8 faded() {
  return patches([](int channel, int value) { return kBlack[channel] + kGain[channel] * value; });
}

TEST(FadedColours, EachChannelHasARangeOfItsOwn) {
  const ColourRanges ranges = measure_colour_ranges(faded().view());
  for (std::size_t channel = 0; channel < 3; ++channel) {
    EXPECT_NEAR(ranges.channels[channel].black, kBlack[channel], 3);
    EXPECT_NEAR(ranges.channels[channel].white, kBlack[channel] + 255 * kGain[channel], 3);
    EXPECT_NEAR(ranges.channels[channel].middle, kBlack[channel] + 128 * kGain[channel], 12);
  }
}

TEST(FadedColours, APrintOfOneToneIsToldFromColours) {
  EXPECT_FALSE(has_one_tone(measure_colour_ranges(faded().view())));
  RgbImage8 sepia(160, 120), grey(160, 120);
  for (int i = 0; i < 160 * 120; ++i) {
    const int tone = (7 * i + i / 160) % 256;
    for (std::size_t channel = 0; channel < 3; ++channel) {
      sepia.samples[3 * static_cast<std::size_t>(i) + channel] =
          cv::saturate_cast<std::uint8_t>(tone * (1.05 - 0.15 * static_cast<double>(channel)));
      grey.samples[3 * static_cast<std::size_t>(i) + channel] = static_cast<std::uint8_t>(tone);
    }
  }
  EXPECT_TRUE(has_one_tone(measure_colour_ranges(sepia.view())));
  EXPECT_TRUE(has_one_tone(measure_colour_ranges(grey.view())));
}

TEST(FadedColours, GreyIsGreyAgainWhenChannelsHaveFadedUnequally) {
  const ToneRange wanted{8, 232, 120};
  const ChannelCurves curves = unfading_curves(measure_colour_ranges(faded().view()), wanted, 1);
  for (const double grey : {20.0, 80.0, 128.0, 200.0, 240.0}) {
    double least = 1e9, most = -1e9;
    for (int channel = 0; channel < 3; ++channel) {
      const double value =
          255.0 * curves.at(channel, static_cast<float>((kBlack[channel] + kGain[channel] * grey) / 255));
      least = std::min(least, value), most = std::max(most, value);
    }
    EXPECT_LT(most - least, 10) << grey;
    EXPECT_NEAR(least, 8 + 224 * grey / 255, 14) << grey;
  }
}

TEST(FadedColours, AWarmSceneStaysWarm) {
  ColourRanges ranges;
  ranges.channels = {ToneRange{40, 190, 140}, ToneRange{40, 190, 110}, ToneRange{40, 190, 90}};
  const ToneRange tones{40, 190, 115};
  const ChannelCurves curves = unfading_curves(with_common_middle(ranges, tones), unfaded(tones), 1);
  for (int step = 2; step < 8; ++step) {
    const float value = static_cast<float>(step) / 10;
    EXPECT_NEAR(curves.at(0, value), curves.at(1, value), 1e-6);
    EXPECT_NEAR(curves.at(2, value), curves.at(1, value), 1e-6);
  }
}

TEST(FadedColours, EqualChannelsGetOneCurveAndNoStrengthIsNoChange) {
  ColourRanges ranges;
  ranges.channels.fill({40, 180, 100});
  const ChannelCurves curves = unfading_curves(ranges, {8, 232, 110}, 1),
                      none = unfading_curves(ranges, {8, 232, 110}, 0);
  for (int step = 0; step <= 20; ++step) {
    const float value = static_cast<float>(step) / 20;
    EXPECT_EQ(curves.at(0, value), curves.at(2, value));
    EXPECT_NEAR(none.at(1, value), value, 1e-6);
  }
}

TEST(FadedColours, CurvesReachTheFrame) {
  for (const char* name : {"yuv444p", "yuv420p10le", "gbrp", "rgb24"}) {
    FrameFacts facts;
    facts.width = 160, facts.height = 120;
    facts.layout = pixel_layout(name);
    Frame frame = allocate_frame(facts);
    const RgbImage8 picture = faded();
    RgbImageF values(160, 120);
    std::transform(picture.samples.begin(), picture.samples.end(), values.samples.begin(),
                   [](std::uint8_t sample) { return static_cast<float>(sample) / 255; });
    store_picture(frame, values.view());
    const RgbImageF before = frame_picture(frame);
    const ChannelCurves curves = unfading_curves(measure_colour_ranges(picture.view()), {8, 232, 120}, 0.8);
    change_channels(frame, curves);
    const RgbImageF after = frame_picture(frame);
    double error = 0;
    for (std::size_t i = 0; i < after.samples.size(); ++i) {
      const float wanted = curves.at(static_cast<int>(i % 3), before.samples[i]);
      error += std::abs(after.samples[i] - wanted) / static_cast<double>(after.samples.size());
    }
    EXPECT_LT(255 * error, std::string(name) == "yuv420p10le" ? 6 : 1.5) << name;
  }
}

}  // namespace
}  // namespace reelface
