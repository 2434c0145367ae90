// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/colour_stage.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "film/shifted_frame.h"
#include "film_of_scenery.h"

namespace reelface {
namespace {

/// Coloured things that drift, as 4:2:0.
Frame coloured_frame(int time) {
  FrameFacts facts;
  facts.width = 256;
  facts.height = 192;
  facts.layout = pixel_layout("yuv420p");
  Frame frame = allocate_frame(facts);
  for (int index = 0; index < 3; ++index) {
    const Plane plane = frame.plane(index);
    const int size = index == 0 ? 2 : 1;
    cv::Mat picture(plane.height, plane.width, CV_8U, plane.data, static_cast<std::size_t>(plane.stride));
    picture.setTo(120);
    cv::RNG random(0x9E3779B97F4A7C15U);
    for (int thing = 0; thing < 40; ++thing) {
      const cv::Point place(random.uniform(0, 128) + time / 2, random.uniform(0, 96));
      const int radius = random.uniform(3, 14);
      const int tones[] = {random.uniform(20, 230), random.uniform(40, 210), random.uniform(40, 210)};
      cv::circle(picture, place * size, radius * size, tones[index], cv::FILLED);
    }
    cv::GaussianBlur(picture, picture, {}, size);
  }
  return frame;
}

std::vector<Frame> film_of(int count, cv::Point2d beside) {
  std::vector<Frame> film;
  film.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) film.push_back(with_shifted_colours(coloured_frame(i), beside));
  return film;
}

std::vector<Frame> aligned(const std::vector<Frame>& film, std::size_t frames_per_group = 8) {
  return testing::behind_steps(make_colour_shift_stage(frames_per_group), make_colour_stage(), film, frames_per_group);
}

double distance(const Frame& one, const Frame& other, int index) {
  const auto picture = [&](const Frame& frame) {
    const Plane plane = frame.plane(index);
    cv::Mat result;
    cv::Mat(plane.height, plane.width, CV_8U, plane.data, static_cast<std::size_t>(plane.stride))
        .convertTo(result, CV_32F);
    return cv::Mat(result(cv::Rect(8, 8, plane.width - 16, plane.height - 16)));
  };
  return cv::norm(picture(one), picture(other), cv::NORM_L2);
}

TEST(ColourStage, ColoursComeBackToWhatTheyColour) {
  const std::vector<Frame> truth = film_of(30, {}), film = film_of(30, {3, 0}), result = aligned(film);
  for (std::size_t i = 0; i < film.size(); ++i) {
    EXPECT_LT(distance(result[i], truth[i], 1), 0.4 * distance(film[i], truth[i], 1)) << i;
    EXPECT_EQ(distance(result[i], truth[i], 0), 0) << i;
  }
}

TEST(ColourStage, AGoodFilmStaysBitForBit) {
  const std::vector<Frame> film = film_of(20, {}), result = aligned(film);
  for (std::size_t i = 0; i < film.size(); ++i) {
    for (const int plane : {0, 1, 2}) EXPECT_EQ(distance(result[i], film[i], plane), 0) << i;
  }
}

TEST(ColourStage, TheSameInGroupsOfAnyLength) {
  const std::vector<Frame> film = film_of(24, {3, 0}), eight = aligned(film, 8), five = aligned(film, 5);
  for (std::size_t i = 0; i < film.size(); ++i) EXPECT_EQ(distance(eight[i], five[i], 1), 0) << i;
}

}  // namespace
}  // namespace reelface
