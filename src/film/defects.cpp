#include "film/defects.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

namespace reelface {
namespace {

constexpr double kNoiseFactor = 4;
constexpr double kEdgeTolerance = 0.6;  // pixels that neighbours may be misplaced by, along the steepest slope
constexpr double kDisagreement = 0.6;   // how much of what the neighbours differ by has to be exceeded besides
constexpr double kEdgeShare = 0.35;     // of the contrast: the faint edge of a spot belongs to it
constexpr int kSearch = 28;             // pixels: how far something that moves may come from one frame to the next
constexpr double kAlike = 0.75;         // correlation with what was found elsewhere
constexpr int kCrowdCell = 48;          // pixels: side of the squares in which spots are counted
constexpr double kCrowdShare = 0.10;    // of a square, with its neighbours: more is no dirt

struct Differences {
  cv::Mat excess;     ///< by how much the frame stands out from both neighbours
  cv::Mat tolerance;  ///< by how much it may
};

cv::Mat slope_of(const cv::Mat& picture) {
  cv::Mat x, y, slope;
  cv::Sobel(picture, x, CV_32F, 1, 0, 3, 0.125);
  cv::Sobel(picture, y, CV_32F, 0, 1, 3, 0.125);
  cv::magnitude(x, y, slope);
  cv::dilate(slope, slope, cv::Mat::ones(3, 3, CV_8U));
  return slope;
}

Differences differences_of(const MatchedFrames& frames, DefectSign sign, const cv::Mat& tolerance) {
  Differences result;
  cv::Mat bound;
  if (sign == DefectSign::kLight) {
    cv::max(frames.before, frames.after, bound);
    result.excess = frames.now - bound;
  } else {
    cv::min(frames.before, frames.after, bound);
    result.excess = bound - frames.now;
  }
  result.tolerance = tolerance;
  return result;
}

/// What the neighbours themselves are unsure of.
cv::Mat tolerance_of(const MatchedFrames& frames, const DefectOptions& options) {
  cv::Mat disagreement = cv::abs(frames.before - frames.after);
  cv::GaussianBlur(disagreement, disagreement, {}, 1.2);
  const cv::Mat slope = cv::max(slope_of(frames.before), slope_of(frames.after));
  return kDisagreement * disagreement + kEdgeTolerance * slope +
         cv::Scalar(std::max(options.contrast, kNoiseFactor * options.noise));
}

cv::Rect around(const cv::Rect& box, int margin, cv::Size size) {
  return cv::Rect(box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin) & cv::Rect({}, size);
}

struct FoundElsewhere {
  cv::Point place;  ///< from where it was looked for
  double alikeness = 0;
};

/// The most similar place in another frame, apart from where the spot itself is.
FoundElsewhere look_for(const cv::Mat& patch, const cv::Mat& other, cv::Point corner) {
  const cv::Rect area = around(cv::Rect(corner, patch.size()), kSearch, other.size());
  cv::Mat alikeness;
  cv::matchTemplate(other(area), patch, alikeness, cv::TM_CCOEFF_NORMED);
  FoundElsewhere found;
  cv::minMaxLoc(alikeness, nullptr, &found.alikeness, nullptr, &found.place);
  found.place += area.tl() - corner;
  return found;
}

/// A thing on its way: it is in both neighbours, on opposite sides.
bool is_on_its_way(const cv::Rect& box, const MatchedFrames& frames) {
  const cv::Rect seen = around(box, 3, frames.now.size());
  const cv::Mat patch = frames.now(seen);
  const FoundElsewhere earlier = look_for(patch, frames.before, seen.tl());
  const FoundElsewhere later = look_for(patch, frames.after, seen.tl());
  if (std::min(earlier.alikeness, later.alikeness) < kAlike) return false;
  const cv::Point bend = earlier.place + later.place;
  const double way = cv::norm(earlier.place - later.place) / 2;
  return way >= 1 && cv::norm(bend) <= 2 + 0.4 * way;
}

/// Spots of one sign, as connected pieces of what stands out, faint edges included.
void add_spots(const Differences& differences, DefectSign sign, const MatchedFrames& frames,
               const DefectOptions& options, DefectMap& map) {
  const cv::Mat sure = differences.excess > differences.tolerance;
  const cv::Mat faint = differences.excess > kEdgeShare * differences.tolerance;
  cv::Mat labels, facts, centres;
  const int count = cv::connectedComponentsWithStats(faint, labels, facts, centres, 8, CV_32S);
  const double largest = options.largest_share * static_cast<double>(labels.total());
  for (int label = 1; label < count; ++label) {
    const cv::Rect box(facts.at<int>(label, cv::CC_STAT_LEFT), facts.at<int>(label, cv::CC_STAT_TOP),
                       facts.at<int>(label, cv::CC_STAT_WIDTH), facts.at<int>(label, cv::CC_STAT_HEIGHT));
    const cv::Mat piece = labels(box) == label;
    if (cv::countNonZero(piece & sure(box)) == 0) continue;
    const int area = facts.at<int>(label, cv::CC_STAT_AREA);
    if (area > largest || is_on_its_way(box, frames)) continue;
    map.mask(box).setTo(255, piece);
    map.defects.push_back({box, area, cv::mean(differences.excess(box), piece)[0], sign});
  }
}

/// Squares that hold so many spots that these are no dirt.
cv::Mat crowded_squares(const cv::Mat& mask) {
  const cv::Size cells(std::max(1, mask.cols / kCrowdCell), std::max(1, mask.rows / kCrowdCell));
  cv::Mat share;
  cv::resize(mask, share, cells, 0, 0, cv::INTER_AREA);
  share.convertTo(share, CV_32F, 1 / 255.0);
  cv::blur(share, share, {3, 3});
  return share > kCrowdShare;
}

void leave_crowds_alone(DefectMap& map) {
  const cv::Mat crowded = crowded_squares(map.mask);
  const auto in_crowd = [&](const Defect& defect) {
    const int x = std::min((defect.box.x + defect.box.width / 2) * crowded.cols / map.mask.cols, crowded.cols - 1);
    const int y = std::min((defect.box.y + defect.box.height / 2) * crowded.rows / map.mask.rows, crowded.rows - 1);
    return crowded.at<std::uint8_t>(y, x) != 0;
  };
  for (const Defect& defect : map.defects) {
    if (in_crowd(defect)) map.mask(defect.box).setTo(0);
  }
  map.defects.erase(std::remove_if(map.defects.begin(), map.defects.end(), in_crowd), map.defects.end());
}

}  // namespace

DefectMap find_defects(const MatchedFrames& frames, const DefectOptions& options) {
  DefectMap map{cv::Mat::zeros(frames.now.size(), CV_8U), {}};
  const cv::Mat tolerance = tolerance_of(frames, options);
  for (const DefectSign sign : {DefectSign::kDark, DefectSign::kLight}) {
    add_spots(differences_of(frames, sign, tolerance), sign, frames, options, map);
  }
  leave_crowds_alone(map);
  return map;
}

}  // namespace reelface
