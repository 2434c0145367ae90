// SPDX-License-Identifier: Apache-2.0
#pragma once

// Screens and cameras' pictures, drawn: grey, CV_8U. Header only: needs OpenCV's imgproc.
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

namespace reelface::testing {

inline void write_line(cv::Mat& page, const std::string& text, cv::Point place, double scale, int level) {
  cv::putText(page, text, place, cv::FONT_HERSHEY_SIMPLEX, scale, cv::Scalar(level), 1, cv::LINE_AA);
}

inline cv::Mat drawn_slide(cv::Size size) {
  cv::Mat page(size, CV_8U, cv::Scalar(52));
  write_line(page, "Plan for the year", {40, 90}, 1.6, 255);
  int y = 160;
  for (const char* line : {"Finish the first version", "Measure what it costs", "Talk to those who use it"}) {
    cv::circle(page, {52, y - 8}, 5, cv::Scalar(255), cv::FILLED, cv::LINE_AA);
    write_line(page, line, {72, y}, 0.9, 255);
    y += 46;
  }
  for (int bar = 0; bar < 4; ++bar)
    cv::rectangle(page, {60 + 70 * bar, y + 20 + 20 * bar, 44, 80 - 20 * bar}, cv::Scalar(110 + 30 * bar), cv::FILLED);
  return page;
}

inline cv::Mat drawn_code(cv::Size size) {
  const std::vector<std::string> lines = {"for (int row = 0; row < rows; ++row) {",
                                          "  const auto* p = line(row);",
                                          "  if (!p) continue;  // no such line",
                                          "  sum += weight[row] * p[3];",
                                          "}",
                                          "return sum / count;"};
  cv::Mat page(size, CV_8U, cv::Scalar(30));
  for (int y = 24, number = 0; y < size.height - 8; y += 20, ++number)
    write_line(page, lines[static_cast<std::size_t>(number) % lines.size()], {12 + 16 * (number % 3), y}, 0.5,
               170 + 20 * (number % 4));
  return page;
}

/// Smooth shapes and a head that nods, as a camera shows them; `noise` in levels. Without noise only the head moves.
inline cv::Mat camera_picture(cv::Size size, int frame, double noise) {
  cv::Mat picture(size, CV_32F);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x)
      picture.at<float>(y, x) = static_cast<float>(120 + 40 * std::sin(x * 0.05 + 1) * std::cos(y * 0.06) +
                                                   30 * std::sin(x * 0.21 + y * 0.13));
  }
  const cv::Point head(size.width / 2 + static_cast<int>(std::lround(4 * std::sin(frame * 0.9))),
                       size.height * 2 / 5 + static_cast<int>(std::lround(3 * std::cos(frame * 0.7))));
  cv::ellipse(picture, head, {size.width / 8, size.height / 5}, 0, 0, 360, cv::Scalar(190), cv::FILLED);
  for (const int side : {-1, 1})
    cv::circle(picture, head + cv::Point(side * size.width / 22, -size.height / 24), 4, cv::Scalar(60), cv::FILLED);
  cv::GaussianBlur(picture, picture, {}, 1.5);
  if (noise > 0) {
    cv::Mat grain(size, CV_32F);
    cv::RNG random(static_cast<std::uint64_t>(frame) * 7919 + 17);
    random.fill(grain, cv::RNG::NORMAL, 0, noise);
    picture += grain;
  }
  cv::Mat result;
  picture.convertTo(result, CV_8U);
  return result;
}

/// A page with a picture on it.
inline cv::Mat with_picture(const cv::Mat& page, const cv::Mat& picture, cv::Point corner) {
  cv::Mat result = page.clone();
  picture.copyTo(result(cv::Rect(corner, picture.size())));
  return result;
}

}  // namespace reelface::testing
