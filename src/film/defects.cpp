#include "film/defects.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

namespace reelface {
namespace {

constexpr double kNoiseFactor = 4.5;    // what stands out less than so many times the noise is grain
constexpr double kEdgeTolerance = 0.5;  // pixels that references may be misplaced by, along the steepest slope
constexpr double kDisagreement = 0.7;   // how much of what the references differ by has to be exceeded besides
constexpr double kFaintShare = 0.35;    // of the tolerance: the faint edge of a spot belongs to it
constexpr int kSearch = 28;             // pixels: how far something that moves may come from one frame to the next
constexpr double kAlike = 0.75;         // correlation with what was found elsewhere
constexpr int kCrowdCell = 48;          // pixels: side of the squares in which spots are counted
constexpr double kCrowdShare = 0.10;    // of a square, with its neighbours: more is no dirt
constexpr std::size_t kMostSpots = 1500;

const cv::Mat& matched(const MatchedFrames& frames, int which) {
  return frames.references[static_cast<std::size_t>(which)].matched;
}

cv::Mat slope_of(const cv::Mat& picture) {
  cv::Mat x, y, slope;
  cv::Sobel(picture, x, CV_32F, 1, 0, 3, 0.125);
  cv::Sobel(picture, y, CV_32F, 0, 1, 3, 0.125);
  cv::magnitude(x, y, slope);
  cv::dilate(slope, slope, cv::Mat::ones(3, 3, CV_8U));
  return slope;
}

/// By how much the frame stands out from both references.
cv::Mat excess_of(const MatchedFrames& frames, DefectSign sign) {
  if (sign == DefectSign::kLight) return frames.now - cv::max(matched(frames, 0), matched(frames, 1));
  return cv::min(matched(frames, 0), matched(frames, 1)) - frames.now;
}

/// By how much it may: what the references themselves are unsure of.
cv::Mat tolerance_of(const MatchedFrames& frames, const DefectOptions& options) {
  cv::Mat disagreement = cv::abs(matched(frames, 0) - matched(frames, 1));
  cv::GaussianBlur(disagreement, disagreement, {}, 1.2);
  const cv::Mat slope = cv::max(slope_of(matched(frames, 0)), slope_of(matched(frames, 1)));
  return kDisagreement * disagreement + kEdgeTolerance * slope +
         cv::Scalar(std::max(options.contrast, kNoiseFactor * frames.noise));
}

cv::Rect around(const cv::Rect& box, int margin, cv::Size size) {
  return cv::Rect(box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin) & cv::Rect({}, size);
}

/// Spots of one sign, as connected pieces of what stands out, faint edges included.
void add_spots(const MatchedFrames& frames, DefectSign sign, const cv::Mat& tolerance, const DefectOptions& options,
               std::vector<Defect>& defects) {
  const cv::Mat excess = excess_of(frames, sign);
  const cv::Mat sure = excess > tolerance;
  if (cv::countNonZero(sure) == 0) return;
  const cv::Mat faint = excess > kFaintShare * tolerance;
  cv::Mat labels, facts, centres;
  const int count = cv::connectedComponentsWithStats(faint, labels, facts, centres, 8, CV_32S);
  const double largest = options.largest_share * static_cast<double>(labels.total());
  for (int label = 1; label < count; ++label) {
    const cv::Rect box(facts.at<int>(label, cv::CC_STAT_LEFT), facts.at<int>(label, cv::CC_STAT_TOP),
                       facts.at<int>(label, cv::CC_STAT_WIDTH), facts.at<int>(label, cv::CC_STAT_HEIGHT));
    const int area = facts.at<int>(label, cv::CC_STAT_AREA);
    if (area > largest || cv::countNonZero(sure(box)) == 0) continue;
    const cv::Mat piece = labels(box) == label;
    if (cv::countNonZero(piece & sure(box)) == 0) continue;
    Defect defect;
    defect.box = box, defect.mask = piece, defect.area = area, defect.sign = sign;
    defect.contrast = cv::mean(excess(box), piece)[0];
    defects.push_back(std::move(defect));
  }
}

std::vector<Defect> spots_of(const MatchedFrames& frames, const DefectOptions& options) {
  std::vector<Defect> defects;
  const cv::Mat tolerance = tolerance_of(frames, options);
  for (const DefectSign sign : {DefectSign::kDark, DefectSign::kLight})
    add_spots(frames, sign, tolerance, options, defects);
  return defects;
}

cv::Mat mask_of(const std::vector<Defect>& defects, cv::Size size) {
  cv::Mat mask = cv::Mat::zeros(size, CV_8U);
  for (const Defect& defect : defects) mask(defect.box).setTo(255, defect.mask);
  return mask;
}

/// Leaves out those in squares that hold so many spots that these are no dirt.
void leave_crowds_alone(std::vector<Defect>& defects, cv::Size size) {
  if (defects.empty()) return;
  const cv::Size cells(std::max(1, size.width / kCrowdCell), std::max(1, size.height / kCrowdCell));
  cv::Mat share;
  cv::resize(mask_of(defects, size), share, cells, 0, 0, cv::INTER_AREA);
  share.convertTo(share, CV_32F, 1 / 255.0);
  cv::blur(share, share, {3, 3});
  const auto in_crowd = [&](const Defect& defect) {
    const int x = std::min((defect.box.x + defect.box.width / 2) * cells.width / size.width, cells.width - 1);
    const int y = std::min((defect.box.y + defect.box.height / 2) * cells.height / size.height, cells.height - 1);
    return share.at<float>(y, x) > kCrowdShare;
  };
  defects.erase(std::remove_if(defects.begin(), defects.end(), in_crowd), defects.end());
}

struct FoundElsewhere {
  cv::Point place;  ///< from where it was looked for
  double alikeness = 0;
};

/// The most similar place in another frame.
FoundElsewhere look_for(const cv::Mat& patch, const cv::Mat& other, cv::Point corner) {
  const cv::Rect area = around(cv::Rect(corner, patch.size()), kSearch, other.size());
  cv::Mat alikeness;
  cv::matchTemplate(other(area), patch, alikeness, cv::TM_CCOEFF_NORMED);
  FoundElsewhere found;
  cv::minMaxLoc(alikeness, nullptr, &found.alikeness, nullptr, &found.place);
  found.place += area.tl() - corner;
  return found;
}

/// A thing on its way: it is in both references, on opposite sides. These have been moved onto the frame, so that what
/// moves with everything around it has not moved.
bool is_on_its_way(const Defect& defect, const MatchedFrames& frames) {
  const cv::Rect seen = around(defect.box, 3, frames.now.size());
  const cv::Mat patch = frames.now(seen);
  const FoundElsewhere earlier = look_for(patch, matched(frames, 0), seen.tl());
  if (earlier.alikeness < kAlike || cv::norm(earlier.place) < 1) return false;
  const FoundElsewhere later = look_for(patch, matched(frames, 1), seen.tl());
  if (later.alikeness < kAlike) return false;
  const cv::Point bend = earlier.place + later.place;
  const double way = cv::norm(earlier.place - later.place) / 2;
  return way >= 1 && cv::norm(bend) <= 2 + 0.4 * way;
}

struct Surroundings {
  double light = 0;  ///< by how much the frame is brighter
  double error = 0;  ///< how far apart they are otherwise, on average
};

/// How well a reference shows what is around the defect.
Surroundings compare_surroundings(const cv::Mat& now, const cv::Mat& reference, const cv::Mat& ring) {
  const cv::Mat difference = now - reference;
  Surroundings result;
  result.light = cv::mean(difference, ring)[0];
  result.error = cv::mean(cv::abs(difference - cv::Scalar(result.light)), ring)[0];
  return result;
}

/// Takes in what is still fainter at the edge of a spot.
void grow(Defect& defect, const MatchedFrames& frames) {
  constexpr int kMargin = 2;
  const cv::Rect box = around(defect.box, kMargin, frames.now.size());
  cv::Mat mask = cv::Mat::zeros(box.size(), CV_8U), grown;
  defect.mask.copyTo(mask(defect.box - box.tl()));
  cv::dilate(mask, grown, cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * kMargin + 1, 2 * kMargin + 1}));
  cv::Mat excess;
  if (defect.sign == DefectSign::kLight) {
    excess = frames.now(box) - cv::max(matched(frames, 0)(box), matched(frames, 1)(box));
  } else {
    excess = cv::min(matched(frames, 0)(box), matched(frames, 1)(box)) - frames.now(box);
  }
  mask |= grown & (excess > std::max(3.0, 1.5 * frames.noise));
  defect.box = box;
  defect.mask = mask;
  defect.area = cv::countNonZero(mask);
}

/// Decides which reference it is filled from; false where neither can be trusted.
bool choose_reference(Defect& defect, const MatchedFrames& frames) {
  constexpr int kRing = 4;
  constexpr double kMostError = 0.4;  // of the contrast
  const cv::Rect area = around(defect.box, kRing, frames.now.size());
  cv::Mat mask = cv::Mat::zeros(area.size(), CV_8U), ring, near;
  defect.mask.copyTo(mask(defect.box - area.tl()));
  cv::dilate(mask, near, cv::Mat::ones(3, 3, CV_8U));
  cv::dilate(mask, ring, cv::Mat::ones(2 * kRing + 1, 2 * kRing + 1, CV_8U));
  ring &= ~near;
  if (cv::countNonZero(ring) == 0) return false;
  double least = 0;
  for (const Reference& reference : frames.references) {
    const Surroundings found = compare_surroundings(frames.now(area), reference.matched(area), ring);
    if (defect.filled_from != 0 && found.error >= least) continue;
    least = found.error;
    defect.filled_from = reference.offset;
    defect.motion = reference.motion(defect.box).clone();
    defect.light = found.light;
  }
  return least <= std::max(1.5 * frames.noise, kMostError * defect.contrast);
}

}  // namespace

std::vector<Defect> find_defects(MatchedFrames& frames, const DefectOptions& options) {
  const cv::Size size = frames.now.size();
  std::vector<Defect> raw = spots_of(frames, options);
  leave_crowds_alone(raw, size);
  if (raw.empty() || raw.size() > kMostSpots) return {};
  std::vector<cv::Rect> boxes;
  for (const Defect& defect : raw) boxes.push_back(defect.box);
  bridge_motion(frames, mask_of(raw, size), boxes);

  std::vector<Defect> defects = spots_of(frames, options);
  leave_crowds_alone(defects, size);
  const auto is_none = [&](Defect& defect) {
    if (is_on_its_way(defect, frames)) return true;
    grow(defect, frames);
    return !choose_reference(defect, frames);
  };
  defects.erase(std::remove_if(defects.begin(), defects.end(), is_none), defects.end());
  return defects;
}

}  // namespace reelface
