// SPDX-License-Identifier: Apache-2.0
#include "film/colour_shift.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <string>

#include "film/shifted_frame.h"
#include "image/opencv_view.h"
#include "reelface/image/frame_picture.h"

namespace reelface {
namespace {

/// Things of many colours, soft enough to be recorded whole.
Frame coloured_frame(const std::string& layout, int seed = 1) {
  FrameFacts facts;
  facts.width = 320;
  facts.height = 240;
  facts.layout = pixel_layout(layout);
  Frame frame = allocate_frame(facts);
  RgbImageF picture(facts.width, facts.height);
  cv::Mat pixels = opencv_view(picture.view());
  pixels.setTo(cv::Scalar(0.4, 0.45, 0.5));
  cv::RNG random(static_cast<std::uint64_t>(seed) * 7919 + 12345);
  for (int i = 0; i < 60; ++i) {
    const cv::Scalar colour(random.uniform(0.1, 0.9), random.uniform(0.1, 0.9), random.uniform(0.1, 0.9));
    cv::ellipse(pixels, {random.uniform(0, 320), random.uniform(0, 240)},
                {random.uniform(6, 40), random.uniform(6, 40)}, random.uniform(0, 180), 0, 360, colour, cv::FILLED);
  }
  cv::GaussianBlur(pixels, pixels, {}, 1.5);
  store_picture(frame, picture.view());
  return frame;
}

double found(const Frame& frame) {
  const auto fit = measure_colour_fit(frame);
  return fit ? colour_shift(*fit, frame.facts()) : 99;
}

TEST(ColourShift, OfAGoodFilmIsNone) {
  for (const char* layout : {"yuv420p", "yuv422p10le", "yuv444p"}) {
    for (const int seed : {1, 2, 3}) EXPECT_EQ(found(coloured_frame(layout, seed)), 0) << layout;
  }
}

TEST(ColourShift, IsFoundInPixelsOfTheFrame) {
  for (const char* layout : {"yuv420p", "yuv422p10le", "yuv444p"}) {
    for (const double beside : {3.6, -2.8})
      EXPECT_NEAR(found(with_shifted_colours(coloured_frame(layout), {beside, 0})), -beside, 0.4) << layout;
  }
}

TEST(ColourShift, BrightnessStaysBitForBit) {
  const Frame frame = coloured_frame("yuv420p"), moved = with_shifted_colours(frame, {2.6, 0});
  const auto grey = [](const Frame& of) {
    const Plane plane = of.plane(0);
    return cv::Mat(plane.height, plane.width, CV_8U, plane.data, static_cast<std::size_t>(plane.stride));
  };
  EXPECT_EQ(cv::norm(grey(frame), grey(moved), cv::NORM_INF), 0);
}

TEST(ColourShift, AGreyFilmSaysNothing) {
  Frame frame = coloured_frame("yuv420p");
  for (const int plane_index : {1, 2}) {
    const Plane plane = frame.plane(plane_index);
    cv::Mat(plane.height, plane.width, CV_8U, plane.data, static_cast<std::size_t>(plane.stride)).setTo(128);
  }
  EXPECT_EQ(found(frame), 0);
  EXPECT_FALSE(measure_colour_fit(coloured_frame("gray")));
  EXPECT_FALSE(measure_colour_fit(coloured_frame("gbrp")));
}

}  // namespace
}  // namespace reelface
