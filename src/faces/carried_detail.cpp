// SPDX-License-Identifier: Apache-2.0
#include "carried_detail.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/quantile.h"
#include "image/opencv_view.h"
#include "local_fit.h"
#include "motion/float_pictures.h"

namespace reelface {
namespace {

/// Agreement and motion are judged at this size: finer than the features that move, coarser than grain.
constexpr int kJudgedSide = 128;

/// Motion there and back must end within about half a pixel of the judged picture.
constexpr double kInconsistencyPx = 0.4;

/// exp(−100 · squared distance of RGB 0..1): a difference of 0.1 in each channel leaves a twentieth. So much is change
/// in any noise: a mouth that opened.
constexpr float kAgreement = 100;

/// exp(−0.04 · squared distance, in shares of the middle one in the face): what differs six times as much as most does
/// is not noise but motion that was not found, and leaves a quarter. Clean pictures differ little, and there detail
/// that was moved wrongly costs more than averaging wins: up to 0.2 dB at 40.
constexpr float kUnlikeMost = 0.04F;

/// Less than a third of a grey level is rounding.
constexpr float kRounding = 3 * (0.3F / 255) * (0.3F / 255);

/// How far inputs are blurred for this, in pixels of the judged picture: what is left of grain must not look like
/// change.
constexpr double kAgreementSigma = 2;

/// Motion is found to a twentieth of its length, and what moved was sampled elsewhere: detail from this many pixels of
/// the judged picture away counts a third. (Counted in full: 0.7 dB lost at 40 on a head that turns.)
constexpr float kFarPx = 1;

/// Restorations flicker if the flattest fifth of the face differs by more than this, 1.3 grey levels. Then averaging
/// wins more than imprecise motion costs, and detail may come from further away, in proportion.
constexpr float kFlicker = 3 * (1.3F / 255) * (1.3F / 255);
constexpr double kRestoredSigma = 1;

/// Detail is what the restoration has beyond the input at this many samples each way. Finer grids keep enough of the
/// input's noise to bring it back with the detail of another frame: the whole input instead of this cost 1.4 dB on film
/// and made it flicker twice as much; 48 cost 2 dB in the strongest noise.
constexpr int kNoiseFreeSide = 12;

/// A restoration that differs from its input by this much (squared, RGB 0..1: half a grey level) is steadied by half.
/// One that changed nothing needs no steadying, and stays what it is.
constexpr float kHalfChanged = 3 * (0.5F / 255) * (0.5F / 255);

cv::Mat changed_share(const cv::Mat& input, const cv::Mat& restored) {
  cv::Mat share = resized_to(squared_distance(input, restored), {kJudgedSide, kJudgedSide});
  for (int row = 0; row < share.rows; ++row) {
    auto* change = share.ptr<float>(row);
    for (int column = 0; column < share.cols; ++column) change[column] /= change[column] + kHalfChanged;
  }
  return share;
}

cv::Mat squared_length(const Motion& motion) {
  cv::Mat result(motion.size(), CV_32F);
  for (int row = 0; row < motion.rows; ++row) {
    const auto* offset = motion.ptr<cv::Vec2f>(row);
    auto* length = result.ptr<float>(row);
    for (int column = 0; column < motion.cols; ++column)
      length[column] = offset[column][0] * offset[column][0] + offset[column][1] * offset[column][1];
  }
  return result;
}

/// exp(−squared length of where motion there and back ends), 1 = back at the start.
cv::Mat round_trip_trust(const Motion& there, const Motion& back) {
  if (there.empty() && back.empty()) return {};
  cv::Mat trust = squared_length(chained(there, back)) * (-1 / (kInconsistencyPx * kInconsistencyPx));
  cv::exp(trust, trust);
  return trust;
}

/// One past frame as seen from this one.
struct Carried {
  RowReader detail;
  Motion way;      ///< at the crop's size; empty = it stands still
  cv::Mat weight;  ///< at the crop's size
};

float quantile_in_face(const cv::Mat& distance, double share) {
  const int side = distance.rows;
  const cv::Mat face = distance(cv::Range(3 * side / 16, 14 * side / 16), cv::Range(3 * side / 16, 13 * side / 16));
  std::vector<float> numbers;
  numbers.reserve(face.total());
  for (int row = 0; row < face.rows; ++row)
    numbers.insert(numbers.end(), face.ptr<float>(row), face.ptr<float>(row) + face.cols);
  return quantile(std::move(numbers), share);
}

/// Squared, in pixels of the judged picture: from how far detail may come.
float far_reach(const DetailFrame& now, const DetailFrame& before, const Motion& way) {
  const float flicker = quantile_in_face(
      squared_distance(now.judged_restored, moved(before.judged_restored, way, Resampling::kLinear)), 0.2);
  return kFarPx * kFarPx * std::max(1.0F, flicker / kFlicker);
}

/// How much each place of a past frame counts, at the judged size.
cv::Mat agreement(const DetailFrame& now, const DetailFrame& before, const Motion& way) {
  cv::Mat weight = squared_distance(now.judged, moved(before.judged, way, Resampling::kLinear));
  weight *= -(kAgreement + kUnlikeMost / std::max(quantile_in_face(weight, 0.5), kRounding));
  if (!way.empty()) weight -= squared_length(way) / far_reach(now, before, way);
  cv::exp(weight, weight);
  return weight;
}

std::vector<Carried> carried_from(const DetailFrame& now, const std::vector<const DetailFrame*>& past,
                                  double memory_seconds) {
  std::vector<Carried> result;
  const int side = now.detail.cols;
  Motion way = now.to_before;
  // A copy: the products below would else be written into the frame's own.
  cv::Mat trust = now.steady.empty() ? cv::Mat(kJudgedSide, kJudgedSide, CV_32F, cv::Scalar(1)) : now.steady.clone();
  for (std::size_t index = 0; index < past.size(); ++index) {
    const DetailFrame& before = *past[index];
    const double fading = biweight((now.time_seconds - before.time_seconds) / memory_seconds);
    if (fading <= 0) break;
    const cv::Mat weight = agreement(now, before, way).mul(trust, fading).mul(now.changed);
    // Straight lines between pixels would blur what is moved by parts of one.
    result.push_back(
        {RowReader(before.detail, Resampling::kCubic), resized(way, {side, side}), resized_to(weight, {side, side})});
    if (index + 1 == past.size()) break;
    if (!before.steady.empty()) trust = trust.mul(moved(before.steady, way, Resampling::kLinear));
    way = chained(way, before.to_before);
  }
  return result;
}

/// A weight for each number instead of each pixel, so that what uses them is one plain loop.
void spread(const float* weights, Columns columns, float* numbers) {
  numbers += std::ptrdiff_t{3} * columns.first;
  for (int pixel = columns.first; pixel < columns.end; ++pixel, numbers += 3)
    numbers[0] = numbers[1] = numbers[2] = weights[pixel];
}

}  // namespace

DetailFrame detail_frame(double time_seconds, const RgbImageF& input, const cv::Mat& restored,
                         const cv::Mat& broad_shift) {
  DetailFrame frame;
  frame.time_seconds = time_seconds;
  const cv::Mat picture = opencv_view(input.view());
  const cv::Mat small = resized_to(picture, {kJudgedSide, kJudgedSide});
  frame.judged = blurred(small, kAgreementSigma);
  frame.judged_restored = blurred(resized_to(restored, {kJudgedSide, kJudgedSide}), kRestoredSigma);
  frame.changed = changed_share(picture, restored);
  cv::Mat broad =
      resized_to(resized_to(small, {kNoiseFreeSide, kNoiseFreeSide}), {kJudgedSide, kJudgedSide}, cv::INTER_CUBIC);
  broad += resized_to(broad_shift, {kJudgedSide, kJudgedSide});
  frame.detail = restored - resized_to(broad, picture.size());
  return frame;
}

void find_way_back(DetailFrame& now, const CropStep::Crop& input, const CropStep::Crop& before, double before_seconds,
                   const CropStep* step) {
  std::optional<CropStep> found_here;
  if (!step || step->earlier_seconds() != before_seconds) {
    step = &found_here.emplace(before, input, before_seconds);
  }
  now.to_before = resized(step->motion().to_earlier, {kJudgedSide, kJudgedSide});
  now.steady = round_trip_trust(now.to_before, resized(step->motion().to_later, {kJudgedSide, kJudgedSide}));
}

void steady_detail(cv::Mat& picture, const std::vector<Columns>& where, const DetailFrame& now,
                   const std::vector<const DetailFrame*>& past, double memory_seconds) {
  const std::vector<Carried> all_carried = carried_from(now, past, memory_seconds);
  const int numbers = 3 * picture.cols;
  std::vector<float> room_for_sums(numbers), room_for_totals(numbers), room_for_weights(numbers), carried_row(numbers);
  // Where each index of a vector is checked, loops over them stay one number at a time.
  float *const sums = room_for_sums.data(), *const totals = room_for_totals.data(),
               *const weights = room_for_weights.data();
  // Row by row, all past frames at once: what is summed up stays in the nearest memory.
  for (int row = 0; row < picture.rows; ++row) {
    const Columns columns = where[static_cast<std::size_t>(row)];
    const int first = 3 * columns.first, end = 3 * columns.end;
    if (first >= end) continue;
    const auto* detail = now.detail.ptr<float>(row);
    std::fill_n(sums, numbers, 0.0F);
    std::fill_n(totals, numbers, 1.0F);
    for (const Carried& carried : all_carried) {
      const float* past_detail = carried.detail.read(carried.way, row, columns, carried_row.data());
      spread(carried.weight.ptr<float>(row), columns, weights);
      for (int i = first; i < end; ++i) {
        totals[i] += weights[i];
        sums[i] += weights[i] * (past_detail[i] - detail[i]);
      }
    }
    auto* result = picture.ptr<float>(row);
    for (int i = first; i < end; ++i) result[i] += sums[i] / totals[i];
  }
}

}  // namespace reelface
