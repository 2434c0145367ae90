// SPDX-License-Identifier: Apache-2.0
#include "film/large_defects.h"

#include <algorithm>
#include <iterator>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <utility>

#include "film/defect_evidence.h"
#include "film/film_picture.h"

namespace reelface {
namespace {

constexpr double kLeastShare = 0.004, kMostShare = 0.35;  // of the picture
constexpr double kLeastContrast = 40;                     // grey levels
constexpr double kMostDisagreement = 0.15;                // of the contrast: between the frames on what it hides
constexpr double kMostError = 0.15;                       // likewise, between them and this frame around it
constexpr double kSteepness = 0.1;                        // of the contrast, for each pixel across a sharp edge
constexpr double kSeenThrough = 0.6;                      // how alike it and what it hides may be
constexpr double kSureEvidence = 20;                      // what is found here needs no other

/// The frame between the two beside it, as if it stood halfway.
std::optional<MatchedFrames> matched_from_both_sides(const FrameBetween& frames) {
  const FilmMotion way = find_film_motion(frames.small_before, frames.small_behind);
  if (!way.is_known) return std::nullopt;
  Reference before, behind;
  before.offset = frames.offset_before, behind.offset = frames.offset_behind;
  before.grey = frames.before, behind.grey = frames.behind;
  if (!way.motion.to_earlier.empty() && !way.motion.to_later.empty()) {
    before.motion = (way.motion.to_earlier - way.motion.to_later) / 4;  // half of it, the mean of both ways
    behind.motion = -before.motion;
  }
  return match_frames(frames.now, {std::move(before), std::move(behind)});
}

/// How steep its edge is, against its contrast. What glows has none.
bool is_sharp(const Defect& defect, const MatchedFrames& frames) {
  const cv::Rect box = around(defect.box, 2, frames.now.size());
  const cv::Mat now = frames.now(box), one = frames.references[0].matched(box),
                other = frames.references[1].matched(box);
  const cv::Mat excess =
      defect.found.sign == DefectSign::kLight ? cv::Mat(now - cv::max(one, other)) : cv::Mat(cv::min(one, other) - now);
  const cv::Mat strong = excess > defect.found.contrast / 2;
  cv::Mat inner, across, down, slope;
  cv::erode(strong, inner, cv::Mat::ones(3, 3, CV_8U));
  cv::Sobel(excess, across, CV_32F, 1, 0, 3, 0.125);
  cv::Sobel(excess, down, CV_32F, 0, 1, 3, 0.125);
  cv::magnitude(across, down, slope);
  const double scale = std::min(frames.now.cols, frames.now.rows) / 480.0;
  return cv::mean(slope, strong & ~inner)[0] * scale >= kSteepness * defect.found.contrast;
}

double disagreement_inside(const Defect& defect, const MatchedFrames& frames) {
  const cv::Mat one = frames.references[0].matched(defect.box), other = frames.references[1].matched(defect.box);
  return cv::mean(cv::abs(one - other), defect.mask)[0];
}

/// How much of what the frames beside it show is seen in it, −1..1. Damage hides the picture; light that falls on
/// something for a frame only makes it brighter.
double likeness_inside(const Defect& defect, const MatchedFrames& frames) {
  const cv::Mat hidden = (frames.references[0].matched(defect.box) + frames.references[1].matched(defect.box)) / 2;
  const cv::Mat now = frames.now(defect.box);
  cv::Scalar mean_hidden, deviation_hidden, mean_now, deviation_now;
  cv::meanStdDev(hidden, mean_hidden, deviation_hidden, defect.mask);
  cv::meanStdDev(now, mean_now, deviation_now, defect.mask);
  const double spread = deviation_hidden[0] * deviation_now[0];
  if (spread < 1) return 0;  // nothing to tell it by
  const double together = cv::mean((hidden - mean_hidden).mul(now - mean_now), defect.mask)[0];
  return together / spread;
}

/// Whether the frames beside it have the like of it somewhere: then it is a thing that moves.
bool is_seen_elsewhere(const Defect& defect, const MatchedFrames& frames) {
  constexpr double kLongSide = 160, kAlike = 0.75;
  constexpr int kMargin = 6, kSmallest = 4;
  const double scale = std::min(1.0, kLongSide / std::max(frames.now.cols, frames.now.rows));
  cv::Mat searched_for;
  cv::resize(frames.now(around(defect.box, kMargin, frames.now.size())), searched_for, {}, scale, scale,
             cv::INTER_AREA);
  if (std::min(searched_for.cols, searched_for.rows) < kSmallest) return false;
  return std::any_of(frames.references.begin(), frames.references.end(), [&](const Reference& reference) {
    cv::Mat small, likeness;
    cv::resize(reference.grey, small, {}, scale, scale, cv::INTER_AREA);
    if (searched_for.cols > small.cols || searched_for.rows > small.rows) return false;
    cv::matchTemplate(small, searched_for, likeness, cv::TM_CCOEFF_NORMED);
    double most = 0;
    cv::minMaxLoc(likeness, nullptr, &most);
    return most > kAlike;
  });
}

bool is_damage(Defect& defect, const MatchedFrames& frames) {
  const double contrast = defect.found.contrast;
  if (!is_sharp(defect, frames) || likeness_inside(defect, frames) > kSeenThrough) return false;
  if (disagreement_inside(defect, frames) > kMostDisagreement * contrast + frames.noise) return false;
  const DefectFacts facts = facts_of(defect, frames);
  return facts.error <= kMostError * contrast && facts.disagreement <= kMostDisagreement * contrast &&
         !is_seen_elsewhere(defect, frames);
}

/// By how much the frame is brighter than what fills the defect, carried inside from all around it: light that flickers
/// does so unevenly, and a large piece would show its edge.
cv::Mat light_around(const Defect& defect, const MatchedFrames& frames) {
  constexpr int kSeen = 12;  // pixels around it
  const Reference& source = frames.references[defect.filled_from == frames.references[0].offset ? 0 : 1];
  const cv::Rect area = around(defect.box, kSeen, frames.now.size());
  const cv::Rect inside = defect.box - area.tl();
  constexpr double kOther = 16;  // levels off: something else, and no light
  const cv::Mat difference = frames.now(area) - source.matched(area) + cv::Scalar(source.light);
  cv::Mat seen(area.size(), CV_32F, cv::Scalar(1));
  seen(inside).setTo(0, defect.mask);
  seen.setTo(0, cv::abs(difference - cv::Scalar(defect.light)) > kOther);
  const cv::Mat light = difference.mul(seen);
  // From wider and wider around, until every place has heard of some.
  cv::Mat result(area.size(), CV_32F, cv::Scalar(defect.light)), known = cv::Mat::zeros(area.size(), CV_8U);
  for (double sigma = 4; cv::countNonZero(known) < static_cast<int>(known.total()) && sigma < 512; sigma *= 2) {
    constexpr double kEnough = 0.02;
    cv::Mat sum, weight;
    cv::GaussianBlur(light, sum, {}, sigma, sigma, cv::BORDER_CONSTANT);
    cv::GaussianBlur(seen, weight, {}, sigma, sigma, cv::BORDER_CONSTANT);
    const cv::Mat is_new = (weight > kEnough) & ~known;
    cv::Mat(sum / cv::max(weight, kEnough)).copyTo(result, is_new);
    known |= is_new;
  }
  cv::GaussianBlur(result, result, {}, 3);
  return result(inside).clone();
}

void dilate_disc(cv::Mat& mask, int radius) {
  cv::dilate(mask, mask, cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * radius + 1, 2 * radius + 1}));
}

/// Its edge is blurred, and flakes of the other sign cling to it. Whatever stands out beside it is part of it: nothing
/// else can be told of what lies so close.
void take_up_wide(Defect& defect, const std::vector<Defect>& spots, const MatchedFrames& frames) {
  const int margin = std::max(2, cvRound(std::min(frames.now.cols, frames.now.rows) / 120.0));
  cv::Mat all = cv::Mat::zeros(frames.now.size(), CV_8U);
  all(defect.box).setTo(255, defect.mask);
  dilate_disc(all, margin);
  std::vector<const Defect*> others;
  others.reserve(spots.size());
  for (const Defect& spot : spots) others.push_back(&spot);
  cv::Mat near;
  const auto joins = [&](const Defect* spot) {
    if (cv::countNonZero(near(spot->box) & spot->mask) == 0) return false;
    const cv::Rect box = around(spot->box, margin, all.size());
    cv::Mat piece = cv::Mat::zeros(box.size(), CV_8U);
    piece(spot->box - box.tl()).setTo(255, spot->mask);
    dilate_disc(piece, margin);
    all(box).setTo(255, piece);
    return true;
  };
  for (std::size_t left = others.size() + 1; left > others.size();) {  // what has joined may touch others
    left = others.size();
    near = all.clone();
    dilate_disc(near, 2 * margin);
    others.erase(std::remove_if(others.begin(), others.end(), joins), others.end());
  }
  defect.box = cv::boundingRect(all);
  defect.mask = all(defect.box).clone();
  take_up(defect, frames);
  defect.light_by_place = light_around(defect, frames);
}

bool overlap(const Defect& one, const Defect& other) {
  const cv::Rect both = one.box & other.box;
  return !both.empty() && cv::countNonZero(one.mask(both - one.box.tl()) & other.mask(both - other.box.tl())) > 0;
}

/// `all` has what is no damage, too.
DefectSearch large_among(const MatchedFrames& frames, const DefectOptions& options) {
  DefectOptions of_any_size = options;
  of_any_size.largest_share = kMostShare;
  const double least = kLeastShare * static_cast<double>(frames.now.total());
  const std::vector<Defect> spots = spots_of(frames, of_any_size);
  DefectSearch search;
  for (Defect spot : spots) {
    if (spot.found.area < least || spot.found.contrast < kLeastContrast) continue;
    const auto has_taken_it_up = [&spot](const Defect& defect) { return overlap(spot, defect); };
    if (std::any_of(search.defects.begin(), search.defects.end(), has_taken_it_up)) continue;
    search.all.push_back(spot.found);
    if (!is_damage(spot, frames)) continue;
    spot.evidence = kSureEvidence;
    spot.is_large = true;
    take_up_wide(spot, spots, frames);
    search.defects.push_back(std::move(spot));
  }
  return search;
}

}  // namespace

bool may_have_large_defects(const MatchedFrames& frames) {
  constexpr int kSmaller = 4;  // grain is gone then
  const cv::Size size(std::max(1, frames.now.cols / kSmaller), std::max(1, frames.now.rows / kSmaller));
  const auto shrunk = [size](const cv::Mat& picture) {
    cv::Mat small;
    cv::resize(picture, small, size, 0, 0, cv::INTER_AREA);
    return small;
  };
  const cv::Mat now = shrunk(frames.now), one = shrunk(frames.references[0].matched),
                other = shrunk(frames.references[1].matched);
  const cv::Mat lighter = now - cv::max(one, other), darker = cv::min(one, other) - now;
  const int count = cv::countNonZero(cv::max(lighter, darker) > kLeastContrast / 2);
  return count >= kLeastShare * static_cast<double>(now.total());
}

DefectSearch find_large_defects(const FrameBetween& frames, const DefectOptions& options) {
  std::optional<MatchedFrames> matched = matched_from_both_sides(frames);
  if (!matched) return {};
  DefectSearch large = large_among(*matched, options);
  if (large.defects.empty()) return large;
  DefectSearch search = find_defects(*matched, options);
  search.all.insert(search.all.end(), large.all.begin(), large.all.end());
  const auto is_part = [&large](const Defect& small) {
    return std::any_of(large.defects.begin(), large.defects.end(),
                       [&small](const Defect& defect) { return overlap(small, defect); });
  };
  search.defects.erase(std::remove_if(search.defects.begin(), search.defects.end(), is_part), search.defects.end());
  std::move(large.defects.begin(), large.defects.end(), std::back_inserter(search.defects));
  return search;
}

}  // namespace reelface
