// SPDX-License-Identifier: Apache-2.0
#include "face_motion.h"

#include <cmath>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>
#include <vector>

#include "track_piece.h"

namespace reelface {
namespace {

constexpr int kSide = 96;  // what is searched in: the face and as much around it again
constexpr double kSurroundings = 2.2;
constexpr int kGrid = 7;               // points in each direction, over most of the face
constexpr double kReach = 0.42;        // of the face's size, from its middle
constexpr float kMostReturnError = 1;  // pixels, there and back again
constexpr double kInlier = 1.5;        // pixels from where the face as a whole went
constexpr int kFewestPoints = 16;

using Points = std::vector<cv::Point2f>;

/// Turn, scale and move about the middle of the searched square: x' = a·x − b·y + c, y' = b·x + a·y + d.
struct Step {
  double a = 1, b = 0, c = 0, d = 0;

  cv::Point2d apply(const cv::Point2d& point) const {
    return {a * point.x - b * point.y + c, b * point.x + a * point.y + d};
  }
};

cv::Mat square_around(const cv::Mat& picture, const cv::Point2f& middle, int side) {
  cv::Mat square;
  cv::getRectSubPix(picture, {side, side}, middle, square);
  if (side != kSide) cv::resize(square, square, {kSide, kSide}, 0, 0, side > kSide ? cv::INTER_AREA : cv::INTER_LINEAR);
  return square;
}

Points grid_of_face() {
  Points grid;
  constexpr double kSpan = kReach * kSide / kSurroundings;
  for (int row = 0; row < kGrid; ++row) {
    for (int column = 0; column < kGrid; ++column) {
      const auto place = [](int number) {
        return static_cast<float>((kSide - 1) / 2.0 + kSpan * (2.0 * number / (kGrid - 1) - 1));
      };
      grid.emplace_back(place(column), place(row));
    }
  }
  return grid;
}

/// Pairs of points that lead there and back to where they started.
void search(const cv::Mat& here, const cv::Mat& there, Points& from, Points& to) {
  const Points grid = grid_of_face();
  Points found, back;
  std::vector<std::uint8_t> is_found, is_back;
  const cv::TermCriteria until(cv::TermCriteria::COUNT | cv::TermCriteria::EPS, 20, 0.02);
  constexpr int kLevels = 2;
  cv::calcOpticalFlowPyrLK(here, there, grid, found, is_found, cv::noArray(), {13, 13}, kLevels, until);
  cv::calcOpticalFlowPyrLK(there, here, found, back, is_back, cv::noArray(), {13, 13}, kLevels, until);
  for (std::size_t index = 0; index < grid.size(); ++index) {
    const cv::Point2f error = back[index] - grid[index];
    if (!is_found[index] || !is_back[index] || !(std::hypot(error.x, error.y) < kMostReturnError)) continue;
    from.push_back(grid[index]);
    to.push_back(found[index]);
  }
}

Step weighted_fit(const Points& from, const Points& to, const std::vector<double>& weights) {
  double sum = 0;
  cv::Point2d mean_from, mean_to;
  for (std::size_t index = 0; index < from.size(); ++index) {
    sum += weights[index];
    mean_from += weights[index] * cv::Point2d(from[index]);
    mean_to += weights[index] * cv::Point2d(to[index]);
  }
  mean_from /= sum;
  mean_to /= sum;
  double along = 0, across = 0, spread = 0;
  for (std::size_t index = 0; index < from.size(); ++index) {
    const cv::Point2d p = cv::Point2d(from[index]) - mean_from, q = cv::Point2d(to[index]) - mean_to;
    along += weights[index] * p.dot(q);
    across += weights[index] * p.cross(q);
    spread += weights[index] * p.dot(p);
  }
  Step step{along / spread, across / spread, 0, 0};
  const cv::Point2d moved = step.apply(mean_from);
  step.c = mean_to.x - moved.x;
  step.d = mean_to.y - moved.y;
  return step;
}

/// What most points agree on; lips and lids go their own ways.
std::optional<Step> common_step(const Points& from, const Points& to) {
  if (from.size() < kFewestPoints) return std::nullopt;
  std::vector<double> weights(from.size(), 1);
  Step step;
  int agreed = 0;
  for (int round = 0; round < 6; ++round) {
    step = weighted_fit(from, to, weights);
    agreed = 0;
    for (std::size_t index = 0; index < from.size(); ++index) {
      const double away = cv::norm(step.apply(from[index]) - cv::Point2d(to[index]));
      weights[index] = 1 / (1 + away * away);
      agreed += away < kInlier ? 1 : 0;
    }
  }
  const double growth = std::abs(std::log(std::hypot(step.a, step.b)));
  if (agreed < kFewestPoints || !(growth < 0.2)) return std::nullopt;
  return step;
}

}  // namespace

std::optional<Face> face_in_next_picture(const cv::Mat& here, const Face& face, const cv::Mat& there) {
  if (here.empty() || here.size() != there.size() || !is_plausible(face)) return std::nullopt;
  const Point centre = face_centre(face);
  const int side = static_cast<int>(std::lround(kSurroundings * face_size(face)));
  if (side < 8 || side > 4 * std::max(here.cols, here.rows)) return std::nullopt;
  const cv::Point2f middle(centre.x, centre.y);
  if (!cv::Rect2f(0, 0, static_cast<float>(here.cols), static_cast<float>(here.rows)).contains(middle))
    return std::nullopt;
  Points from, to;
  search(square_around(here, middle, side), square_around(there, middle, side), from, to);
  const std::optional<Step> step = common_step(from, to);
  if (!step) return std::nullopt;

  const double scale = static_cast<double>(kSide) / side, half = (kSide - 1) / 2.0;
  const auto moved = [&](const Point& point) {
    const cv::Point2d place = step->apply({(point.x - middle.x) * scale + half, (point.y - middle.y) * scale + half});
    return Point{static_cast<float>((place.x - half) / scale + middle.x),
                 static_cast<float>((place.y - half) / scale + middle.y)};
  };
  Face result = face;
  for (Point& point : result.points) point = moved(point);
  const auto growth = static_cast<float>(std::hypot(step->a, step->b));
  const Point now = moved(centre);
  result.box.width *= growth;
  result.box.height *= growth;
  result.box.x = now.x - result.box.width / 2;
  result.box.y = now.y - result.box.height / 2;
  return result;
}

}  // namespace reelface
