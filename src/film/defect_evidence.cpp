// SPDX-License-Identifier: Apache-2.0
#include "film/defect_evidence.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace reelface {
namespace {

/// A regression over spots of generated films that `degrade --truth` damaged: tests/bench/fit_repair.py. See
/// docs/decisions/32.
struct Weights {
  double constant = 0.19;
  double contrast = 2.18;       // of its logarithm
  double area = -1.50;          // likewise
  double error = -0.82;         // likewise, as a share of the contrast
  double disagreement = -1.16;  // likewise
  double likeness = -7.93;      // of its fourth power: only what is very like it counts
};

// Of the contrast: references that are further off show something else.
constexpr double kMostError = 0.2, kMostDisagreement = 0.4;

double scale_of(const MatchedFrames& frames) {
  return std::min(frames.now.cols, frames.now.rows) / 480.0;
}

const cv::Mat& matched(const MatchedFrames& frames, std::size_t which) {
  return frames.references[which].matched;
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

/// What lies around a defect, but not so close that it could belong to it.
struct Ring {
  cv::Rect area;
  cv::Mat mask;
};

Ring ring_around(const Defect& defect, cv::Size size) {
  constexpr int kNear = 2, kFar = 6;
  Ring ring{around(defect.box, kFar, size), {}};
  cv::Mat mask = cv::Mat::zeros(ring.area.size(), CV_8U), near;
  defect.mask.copyTo(mask(defect.box - ring.area.tl()));
  cv::dilate(mask, near, cv::Mat::ones(2 * kNear + 1, 2 * kNear + 1, CV_8U));
  cv::dilate(mask, ring.mask, cv::Mat::ones(2 * kFar + 1, 2 * kFar + 1, CV_8U));
  ring.mask &= ~near;
  return ring;
}

/// Chooses the reference it is filled from, and returns how wrong that one is around it.
double choose_reference(Defect& defect, const MatchedFrames& frames, const Ring& ring) {
  double least = 0;
  for (const Reference& reference : frames.references) {
    const Surroundings found = compare_surroundings(frames.now(ring.area), reference.matched(ring.area), ring.mask);
    if (defect.filled_from != 0 && found.error >= least) continue;
    least = found.error;
    defect.filled_from = reference.offset;
    defect.light = found.light + reference.light;
  }
  return least;
}

double likeness_in(const cv::Mat& reference, const Defect& defect, const MatchedFrames& frames) {
  constexpr double kSearch = 28;
  constexpr int kSamePlace = 2;  // what is around a spot is like itself
  const cv::Size size = frames.now.size();
  const cv::Rect seen = around(defect.box, 3, size);
  const int reach = cvRound(kSearch * scale_of(frames)) + std::max(defect.box.width, defect.box.height) / 2;
  cv::Mat likeness;
  const cv::Rect searched = around(seen, reach, size);
  cv::matchTemplate(reference(searched), frames.now(seen), likeness, cv::TM_CCOEFF_NORMED);
  const cv::Rect same = around(cv::Rect(seen.tl() - searched.tl(), cv::Size(1, 1)), kSamePlace, likeness.size());
  likeness(same).setTo(0);
  double most = 0;
  cv::minMaxLoc(likeness, nullptr, &most);
  return most;
}

}  // namespace

DefectFacts facts_of(Defect& defect, const MatchedFrames& frames) {
  const double scale = scale_of(frames);
  const Ring ring = ring_around(defect, frames.now.size());
  const auto without_noise = [&](double difference) { return std::max(0.0, difference - frames.noise); };
  DefectFacts facts;
  facts.contrast = defect.found.contrast;
  facts.area = defect.found.area / (scale * scale);
  if (cv::countNonZero(ring.mask) == 0) {  // of a picture hardly larger than it
    facts.error = facts.disagreement = facts.contrast;
    return facts;
  }
  facts.error = without_noise(choose_reference(defect, frames, ring));
  facts.disagreement = without_noise(
      compare_surroundings(matched(frames, 0)(ring.area), matched(frames, 1)(ring.area), ring.mask).error);
  return facts;
}

double likeness_near_by(const Defect& defect, const MatchedFrames& frames) {
  return std::max(likeness_in(matched(frames, 0), defect, frames), likeness_in(matched(frames, 1), defect, frames));
}

double evidence_of(const DefectFacts& facts) {
  const Weights weights;
  return weights.constant + weights.contrast * std::log(facts.contrast) + weights.area * std::log(facts.area) +
         weights.error * std::log((facts.error + 1) / facts.contrast) +
         weights.disagreement * std::log(facts.disagreement + 1) + weights.likeness * std::pow(facts.likeness, 4);
}

double weigh(Defect& defect, const MatchedFrames& frames) {
  DefectFacts facts = facts_of(defect, frames);
  if (facts.error > kMostError * facts.contrast || facts.disagreement > kMostDisagreement * facts.contrast) return -1;
  if (evidence_of(facts) < 0) return -1;  // spares the search
  facts.likeness = likeness_near_by(defect, frames);
  return evidence_of(facts);
}

}  // namespace reelface
