// SPDX-License-Identifier: Apache-2.0
#include "film/defects.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "film/defect_evidence.h"

namespace reelface {
namespace {

constexpr double kNoiseFactor = 4.5;    // what stands out less than so many times the noise is grain
constexpr double kEdgeTolerance = 0.5;  // pixels that references may be misplaced by, along the steepest slope
constexpr double kDisagreement = 0.7;   // how much of what the references differ by has to be exceeded besides
constexpr double kFaintShare = 0.35;    // of the tolerance: the faint edge of a spot belongs to it
constexpr double kMostNoise = 16;       // levels: so much is no grain, but references that show something else
constexpr std::size_t kMostSpots = 1500;

const cv::Mat& matched(const MatchedFrames& frames, int which) {
  return frames.references[static_cast<std::size_t>(which)].matched;
}

cv::Mat slope_of(const cv::Mat& picture) {
  cv::Mat x, y, slope;
  cv::Sobel(picture, x, CV_32F, 1, 0, 3, 0.125);
  cv::Sobel(picture, y, CV_32F, 0, 1, 3, 0.125);
  cv::magnitude(x, y, slope);
  return slope;
}

/// The steepest slope of both beside each sample.
cv::Mat steepest_slope(const cv::Mat& one, const cv::Mat& other) {
  cv::Mat slope = cv::max(slope_of(one), slope_of(other));
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
  const cv::Mat slope = steepest_slope(matched(frames, 0), matched(frames, 1));
  return kDisagreement * disagreement + kEdgeTolerance * slope +
         cv::Scalar(std::max(options.contrast, kNoiseFactor * frames.noise));
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
    defect.box = box, defect.mask = piece;
    defect.found = {box, area, cv::mean(excess(box), piece)[0], sign};
    defects.push_back(std::move(defect));
  }
}

cv::Mat mask_of(const std::vector<Defect>& defects, cv::Size size) {
  cv::Mat mask = cv::Mat::zeros(size, CV_8U);
  for (const Defect& defect : defects) mask(defect.box).setTo(255, defect.mask);
  return mask;
}

/// Takes in what is still fainter at the edge of a spot.
void grow(Defect& defect, const MatchedFrames& frames) {
  constexpr int kMargin = 2;
  const cv::Rect box = around(defect.box, kMargin, frames.now.size());
  cv::Mat mask = cv::Mat::zeros(box.size(), CV_8U), grown;
  defect.mask.copyTo(mask(defect.box - box.tl()));
  cv::dilate(mask, grown, cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * kMargin + 1, 2 * kMargin + 1}));
  cv::Mat excess;
  if (defect.found.sign == DefectSign::kLight) {
    excess = frames.now(box) - cv::max(matched(frames, 0)(box), matched(frames, 1)(box));
  } else {
    excess = cv::min(matched(frames, 0)(box), matched(frames, 1)(box)) - frames.now(box);
  }
  mask |= grown & (excess > std::max(3.0, 1.5 * frames.noise));
  defect.box = box;
  defect.mask = mask;
}

/// Where its samples are in the frame it is filled from.
void note_motion(Defect& defect, const MatchedFrames& frames) {
  for (const Reference& reference : frames.references) {
    if (reference.offset == defect.filled_from) defect.motion = reference.motion(defect.box).clone();
  }
}

}  // namespace

std::vector<Defect> spots_of(const MatchedFrames& frames, const DefectOptions& options) {
  std::vector<Defect> defects;
  const cv::Mat tolerance = tolerance_of(frames, options);
  for (const DefectSign sign : {DefectSign::kDark, DefectSign::kLight})
    add_spots(frames, sign, tolerance, options, defects);
  return defects;
}

void take_up(Defect& spot, const MatchedFrames& frames) {
  grow(spot, frames);
  note_motion(spot, frames);
}

std::vector<Defect> find_spots(MatchedFrames& frames, const DefectOptions& options) {
  std::vector<Defect> raw = spots_of(frames, options);
  if (raw.empty() || raw.size() > kMostSpots) return raw;
  std::vector<cv::Rect> boxes;
  boxes.reserve(raw.size());
  for (const Defect& defect : raw) boxes.push_back(defect.box);
  bridge_motion(frames, mask_of(raw, frames.now.size()), boxes);
  return spots_of(frames, options);
}

DefectSearch find_defects(MatchedFrames& frames, const DefectOptions& options) {
  DefectSearch search;
  if (frames.noise > kMostNoise) return search;
  std::vector<Defect> spots = find_spots(frames, options);
  for (Defect& spot : spots) {
    search.all.push_back(spot.found);
    spot.evidence = weigh(spot, frames);
    if (spot.evidence <= 0) continue;
    take_up(spot, frames);
    search.defects.push_back(std::move(spot));
  }
  return search;
}

}  // namespace reelface
