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

/// The weights of evidence: a regression over 50,000 spots of scenes and clips that `degrade --truth` damaged. See
/// docs/decisions/32.
struct Weights {
  double constant = 5.1;
  double contrast = 2.0;        // of its logarithm
  double area = -1.25;          // likewise, of samples of a picture 480 lines high
  double error = -0.75;         // likewise, of the better reference's error around it, as a share of the contrast
  double disagreement = -1.56;  // likewise, of the references around it
  double likeness = -10.8;      // correlation with what else is near by, in whichever reference has more of it
  double least_likeness = 0.3;  // that something is always found with
};

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
  if (defect.found.sign == DefectSign::kLight) {
    excess = frames.now(box) - cv::max(matched(frames, 0)(box), matched(frames, 1)(box));
  } else {
    excess = cv::min(matched(frames, 0)(box), matched(frames, 1)(box)) - frames.now(box);
  }
  mask |= grown & (excess > std::max(3.0, 1.5 * frames.noise));
  defect.box = box;
  defect.mask = mask;
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

/// How much like this place the most similar one near by is.
double likeness_near_by(const Defect& defect, const cv::Mat& now, const cv::Mat& reference) {
  constexpr int kSearch = 28;
  const cv::Rect seen = around(defect.box, 3, now.size());
  cv::Mat likeness;
  cv::matchTemplate(reference(around(seen, kSearch, now.size())), now(seen), likeness, cv::TM_CCOEFF_NORMED);
  double most = 0;
  cv::minMaxLoc(likeness, nullptr, &most);
  return most;
}

double weigh(Defect& defect, const MatchedFrames& frames) {
  const Weights weights;
  const Ring ring = ring_around(defect, frames.now.size());
  if (cv::countNonZero(ring.mask) == 0) return -1;
  const auto without_noise = [&](double difference) { return std::max(0.0, difference - frames.noise) + 1; };
  const double contrast = defect.found.contrast, error = choose_reference(defect, frames, ring);
  const double disagreement =
      compare_surroundings(matched(frames, 0)(ring.area), matched(frames, 1)(ring.area), ring.mask).error;
  const double unit = std::min(frames.now.cols, frames.now.rows) / 480.0;
  const double so_far = weights.constant + weights.contrast * std::log(contrast) +
                        weights.area * std::log(defect.found.area / (unit * unit)) +
                        weights.error * std::log(without_noise(error) / contrast) +
                        weights.disagreement * std::log(without_noise(disagreement));
  if (so_far + weights.likeness * weights.least_likeness < 0) return -1;  // spares the search
  return so_far + weights.likeness * std::max(likeness_near_by(defect, frames.now, matched(frames, 0)),
                                              likeness_near_by(defect, frames.now, matched(frames, 1)));
}

/// Where its samples are in the frame it is filled from.
void note_motion(Defect& defect, const MatchedFrames& frames) {
  for (const Reference& reference : frames.references) {
    if (reference.offset == defect.filled_from) defect.motion = reference.motion(defect.box).clone();
  }
}

}  // namespace

DefectSearch find_defects(MatchedFrames& frames, const DefectOptions& options) {
  const cv::Size size = frames.now.size();
  DefectSearch search;
  const std::vector<Defect> raw = spots_of(frames, options);
  if (raw.empty()) return search;
  if (raw.size() <= kMostSpots) {
    std::vector<cv::Rect> boxes;
    boxes.reserve(raw.size());
    for (const Defect& defect : raw) boxes.push_back(defect.box);
    bridge_motion(frames, mask_of(raw, size), boxes);
    search.defects = spots_of(frames, options);
  }
  for (const Defect& defect : raw.size() <= kMostSpots ? search.defects : raw) search.all.push_back(defect.found);
  auto& defects = search.defects;
  for (Defect& defect : defects) defect.evidence = weigh(defect, frames);
  defects.erase(std::remove_if(defects.begin(), defects.end(), [](const Defect& d) { return d.evidence <= 0; }),
                defects.end());
  for (Defect& defect : defects) {
    grow(defect, frames);
    note_motion(defect, frames);
  }
  return search;
}

}  // namespace reelface
