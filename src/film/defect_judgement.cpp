#include "film/defect_judgement.h"

#include <algorithm>
#include <cmath>

namespace reelface {
namespace {

// Lengths in parts of the picture's height.
constexpr double kLongestWay = 1 / 10.0;   // from one frame to the next
constexpr double kSurroundings = 1 / 3.0;  // where the like of it is counted
constexpr int kMany = 5;

cv::Point2d centre(const DefectFacts& facts) {
  return {facts.box.x + facts.box.width / 2.0, facts.box.y + facts.box.height / 2.0};
}

bool within_factor(double first, double second, double factor) {
  return first <= factor * second && second <= factor * first;
}

bool is_alike(const DefectFacts& first, const DefectFacts& second, double factor) {
  return first.sign == second.sign && within_factor(first.area, second.area, factor) &&
         within_factor(first.contrast, second.contrast, std::sqrt(factor) * 1.2);
}

std::vector<cv::Point2d> places_of_the_like(const DefectFacts& defect, const std::vector<DefectFacts>& others,
                                            double farthest, double factor) {
  std::vector<cv::Point2d> places;
  for (const DefectFacts& other : others) {
    const cv::Point2d way = centre(other) - centre(defect);
    if (is_alike(defect, other, factor) && cv::norm(way) <= farthest) places.push_back(way);
  }
  return places;
}

bool is_on_a_path(const std::vector<cv::Point2d>& before, const std::vector<cv::Point2d>& behind) {
  for (const cv::Point2d& from : before) {
    for (const cv::Point2d& to : behind) {
      if (cv::norm(from + to) <= 3 + 0.2 * cv::norm(from - to)) return true;
    }
  }
  return false;
}

}  // namespace

std::vector<DefectFacts> facts_of(const std::vector<Defect>& defects) {
  std::vector<DefectFacts> facts;
  for (const Defect& defect : defects) facts.push_back({defect.box, defect.area, defect.contrast, defect.sign});
  return facts;
}

bool happens_in_the_film(const DefectFacts& defect, const std::vector<DefectFacts>* before,
                         const std::vector<DefectFacts>* behind, cv::Size picture) {
  constexpr double kSameThing = 2.5, kSameKind = 2;
  if (!before || !behind) return false;
  const double way = kLongestWay * picture.height + std::max(defect.box.width, defect.box.height);
  if (is_on_a_path(places_of_the_like(defect, *before, way, kSameThing),
                   places_of_the_like(defect, *behind, way, kSameThing)))
    return true;
  const double around = kSurroundings * picture.height;
  const auto many = [&](const std::vector<DefectFacts>& others) {
    return places_of_the_like(defect, others, around, kSameKind).size() >= kMany;
  };
  return many(*before) && many(*behind);
}

}  // namespace reelface
