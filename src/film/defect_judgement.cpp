// SPDX-License-Identifier: Apache-2.0
#include "film/defect_judgement.h"

#include <algorithm>
#include <cmath>

namespace reelface {
namespace {

// Lengths in parts of the picture's shorter side.
constexpr double kNear = 1 / 3.0;    // the like of it is counted
constexpr double kFar = 1 / 2.5;     // something large comes from, and goes to
constexpr double kLarge = 1 / 40.0;  // the side of what dirt seldom is as large as
constexpr double kWeight =
    1.42;  // of each that is like it, the logarithm's; found together with those of defect_evidence

bool within_factor(double first, double second, double factor) {
  return first <= factor * second && second <= factor * first;
}

bool is_alike(const StandingOut& first, const StandingOut& second) {
  return first.sign == second.sign && within_factor(first.area, second.area, 2.5) &&
         within_factor(first.contrast, second.contrast, 1.9);
}

int count_alike_within(const StandingOut& defect, const std::vector<StandingOut>& others, double farthest) {
  const auto centre = [](const cv::Rect& box) { return cv::Point2d(box.tl() + box.br()) / 2; };
  return static_cast<int>(std::count_if(others.begin(), others.end(), [&](const StandingOut& other) {
    return is_alike(defect, other) && cv::norm(centre(other.box) - centre(defect.box)) <= farthest;
  }));
}

/// Anything of its size: what flies through a picture looks different in every frame.
bool has_like(const Defect& large, const std::vector<StandingOut>& others) {
  constexpr int kSmaller = 4;
  return std::any_of(others.begin(), others.end(), [&](const StandingOut& other) {
    return other.sign == large.found.sign && other.area * kSmaller > large.found.area;
  });
}

}  // namespace

int count_alike(const StandingOut& spot, const std::vector<StandingOut>& others, cv::Size picture) {
  return count_alike_within(spot, others, kNear * std::min(picture.width, picture.height));
}

bool is_defect(const Defect& defect, const std::vector<StandingOut>* before, const std::vector<StandingOut>* behind,
               cv::Size picture) {
  constexpr double kFromOneSide = 1.5;  // more evidence, where a shot begins or ends
  if (!before && !behind) return false;
  if (defect.is_large) return !(before && has_like(defect, *before)) && !(behind && has_like(defect, *behind));
  const double side = std::min(picture.width, picture.height);
  const auto on_both_sides = [&](double farthest) {
    const int earlier = before ? count_alike_within(defect.found, *before, farthest) : 0;
    const int later = behind ? count_alike_within(defect.found, *behind, farthest) : 0;
    return before && behind ? std::min(earlier, later) : std::max(earlier, later);
  };
  if (std::sqrt(defect.found.area) > kLarge * side && on_both_sides(kFar * side) > 0) return false;
  return defect.evidence > kWeight * std::log1p(on_both_sides(kNear * side)) + (before && behind ? 0 : kFromOneSide);
}

}  // namespace reelface
