// SPDX-License-Identifier: Apache-2.0
#include "hairs.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "painted_shape.h"
#include "random_source.h"

namespace reelface {
namespace {

constexpr double kStep = 2;  // between the points of a hair, in units

/// From one end to the other; the first point lies at 0, 0.
std::vector<cv::Point2d> bent_line(RandomSource& random, double unit) {
  const int steps = static_cast<int>(random.uniform(20, 100) / kStep);
  const double bend = (random.uniform() < 0.5 ? -1 : 1) / random.uniform(14, 90);  // of one unit
  const double wave = random.uniform(0.02, 0.12), phase = random.uniform(0, 2 * CV_PI), curl = random.uniform(0, 0.04);
  double heading = random.uniform(0, 2 * CV_PI);
  std::vector<cv::Point2d> points = {{0, 0}};
  for (int i = 0; i < steps; ++i) {
    heading += kStep * (bend + curl * std::sin(wave * kStep * i + phase));
    points.push_back(points.back() + kStep * unit * cv::Point2d(std::cos(heading), std::sin(heading)));
  }
  return points;
}

double distance_to_part(cv::Point2d place, cv::Point2d from, cv::Point2d to) {
  const cv::Point2d way = to - from;
  const double along = std::clamp((place - from).dot(way) / way.dot(way), 0.0, 1.0);
  return cv::norm(place - (from + along * way));
}

double distance_to_line(cv::Point2d place, const std::vector<cv::Point2d>& points) {
  double nearest = cv::norm(place - points.front());
  for (std::size_t i = 1; i < points.size(); ++i)
    nearest = std::min(nearest, distance_to_part(place, points[i - 1], points[i]));
  return nearest;
}

}  // namespace

int add_hairs(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame) {
  if (recipe.hairs <= 0) return 0;
  const int hairs = RandomSource(recipe.seed, RandomUse::kHair, frame).poisson(recipe.hairs);
  const double unit = unit_of(picture);
  int shown = 0;
  for (int i = 0; i < hairs; ++i) {
    RandomSource random(recipe.seed, RandomUse::kHair, frame, i + 1);
    const cv::Point2d start(random.uniform(0, picture.cols), random.uniform(0, picture.rows));
    const double half_width = unit * random.uniform(0.4, 1.0), opacity = random.uniform(0.6, 1);
    const float value = random.uniform() < 0.7 ? 0.05F : 0.95F;
    const std::vector<cv::Point2d> points = bent_line(random, unit);
    cv::Point2d reach(0, 0);
    for (const cv::Point2d& point : points)
      reach = {std::max(reach.x, std::abs(point.x)), std::max(reach.y, std::abs(point.y))};
    const double margin = half_width + 1;
    shown += paint(picture, start, reach + cv::Point2d(margin, margin), value, [&](double dx, double dy) {
      return opacity * (half_width + 0.5 - distance_to_line({dx, dy}, points));
    });
  }
  return shown;
}

}  // namespace reelface
