#include "reelface/faces/temporal_blender.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <opencv2/imgproc.hpp>

#include "crop_motion.h"
#include "local_fit.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr std::size_t kPastFrames = 3;

/// Agreement and motion are judged at this size: finer than the features that move, coarser than grain.
constexpr int kJudgedSide = 128;

/// Colour and brightness are averaged in this many cells each way.
constexpr int kColourCells = 16;

/// Detail finer than this (in pixels of the crop) is not averaged: moved by parts of a pixel it would only be blurred.
constexpr double kFinestSigma = 0.8;

/// exp(−50 · squared distance of RGB 0..1): a difference of 0.1 in each channel leaves a fifth.
constexpr double kAgreement = 50;

/// Motion there and back must end within about a pixel of the judged picture.
constexpr double kInconsistencyPx = 1.0;

/// The same for the restorations, beyond which one is not the other moved: they hold no noise that would excuse it.
constexpr double kRestoredAgreement = 40;

/// Detail is what the restoration has beyond the input at this many samples each way. Finer grids keep enough of the
/// input's noise to bring it back with the detail of another frame: the whole input instead of this cost 1.4 dB on film
/// and made it flicker twice as much; 48 cost 2 dB in the strongest noise.
constexpr int kNoiseFreeSide = 12;

/// A restoration that differs from its input by this much (squared, RGB 0..1: half a grey level) is steadied by half.
/// One that changed nothing needs no steadying, and stays what it is.
constexpr double kHalfChanged = 3 * (0.5 / 255) * (0.5 / 255);

struct PastFrame {
  double time_seconds = 0;
  cv::Mat motion_picture;   ///< grey
  cv::Mat judged;           ///< the input, RGB, small and blurred
  cv::Mat judged_restored;  ///< the restoration, the same way
  cv::Mat detail;           ///< what the restorer added, without its broad colour shift and its finest grain
  Motion to_before;         ///< to the frame before, at the judged size
  cv::Mat steady;           ///< 0..1: how surely to_before is right. Empty = entirely
};

struct PastColour {
  double time_seconds = 0;
  cv::Mat shift;  ///< what the restorer added, by cell
  cv::Mat input;  ///< what it was added to
};

struct Piece {
  double last_seconds = 0;
  std::deque<PastFrame> frames;    ///< newest first
  std::deque<PastColour> colours;  ///< newest first
};

cv::Mat shrunk(const cv::Mat& picture, int side) {
  cv::Mat result;
  cv::resize(picture, result, {side, side}, 0, 0, cv::INTER_AREA);
  return result;
}

cv::Mat enlarged(const cv::Mat& picture, int side, int interpolation) {
  cv::Mat result;
  cv::resize(picture, result, {side, side}, 0, 0, interpolation);
  return result;
}

cv::Mat without_noise(const cv::Mat& input) {
  return enlarged(shrunk(input, kNoiseFreeSide), input.cols, cv::INTER_CUBIC);
}

/// Over the channels together: a change of hue alone is disagreement too.
cv::Mat squared_distance(const cv::Mat& first, const cv::Mat& second) {
  cv::Mat distance(first.size(), CV_32F);
  for (int row = 0; row < first.rows; ++row) {
    const auto* a = first.ptr<cv::Vec3f>(row);
    const auto* b = second.ptr<cv::Vec3f>(row);
    auto* result = distance.ptr<float>(row);
    for (int column = 0; column < first.cols; ++column) {
      const float red = a[column][0] - b[column][0], green = a[column][1] - b[column][1],
                  blue = a[column][2] - b[column][2];
      result[column] = red * red + green * green + blue * blue;
    }
  }
  return distance;
}

/// exp(−squared length of where motion there and back ends), 1 = back at the start.
cv::Mat round_trip_trust(const Motion& there, const Motion& back) {
  if (there.empty() && back.empty()) return {};
  const Motion rest = chained(there, back);
  cv::Mat trust(rest.size(), CV_32F);
  for (int row = 0; row < rest.rows; ++row) {
    const auto* offset = rest.ptr<cv::Vec2f>(row);
    auto* result = trust.ptr<float>(row);
    for (int column = 0; column < rest.cols; ++column) {
      result[column] =
          -static_cast<float>((offset[column][0] * offset[column][0] + offset[column][1] * offset[column][1]) /
                              (kInconsistencyPx * kInconsistencyPx));
    }
  }
  cv::exp(trust, trust);
  return trust;
}

/// sum += weight · (past − now), total += weight; the weights have one channel.
void accumulate(cv::Mat& sum, cv::Mat& total, const cv::Mat& past, const cv::Mat& now, const cv::Mat& weight) {
  for (int row = 0; row < sum.rows; ++row) {
    auto* sums = sum.ptr<float>(row);
    auto* totals = total.ptr<float>(row);
    const auto* old_values = past.ptr<float>(row);
    const auto* values = now.ptr<float>(row);
    const auto* weights = weight.ptr<float>(row);
    for (int column = 0; column < sum.cols; ++column) {
      totals[column] += weights[column];
      for (int channel = 3 * column; channel < 3 * column + 3; ++channel) {
        sums[channel] += weights[column] * (old_values[channel] - values[channel]);
      }
    }
  }
}

/// now + sum / (1 + total): exactly `now` where all the past is equal to it.
cv::Mat averaged(const cv::Mat& now, const cv::Mat& sum, const cv::Mat& total) {
  cv::Mat result(now.size(), CV_32FC3);
  for (int row = 0; row < now.rows; ++row) {
    const auto* values = now.ptr<float>(row);
    const auto* sums = sum.ptr<float>(row);
    const auto* totals = total.ptr<float>(row);
    auto* results = result.ptr<float>(row);
    for (int column = 0; column < now.cols; ++column) {
      const float share = 1 / (1 + totals[column]);
      for (int channel = 3 * column; channel < 3 * column + 3; ++channel) {
        results[channel] = values[channel] + share * sums[channel];
      }
    }
  }
  return result;
}

/// 0..1 for each place of the judged picture: how far the restoration is from its input.
cv::Mat changed_share(const cv::Mat& input, const cv::Mat& restored) {
  const cv::Mat change = shrunk(squared_distance(input, restored), kJudgedSide);
  const cv::Mat whole = change + kHalfChanged;
  return change / whole;
}

cv::Mat averaged_colour(const PastColour& now, const std::deque<PastColour>& past, double memory_seconds) {
  cv::Mat sum = cv::Mat::zeros(now.shift.size(), CV_32FC3), total = cv::Mat::zeros(now.shift.size(), CV_32F);
  for (const PastColour& before : past) {
    const double fading = biweight((now.time_seconds - before.time_seconds) / memory_seconds);
    if (fading <= 0) continue;
    cv::Mat weight = squared_distance(now.input, before.input) * -kAgreement;
    cv::exp(weight, weight);
    weight *= fading;
    accumulate(sum, total, before.shift, now.shift, weight);
  }
  return averaged(now.shift, sum, total);
}

/// Motion to the frame before and how far it can be trusted.
void find_way_back(PastFrame& now, const PastFrame& before, const CropStep* step) {
  const bool leads_there = step && step->earlier_seconds() == before.time_seconds;
  const MotionBothWays motion = leads_there ? step->motion() : find_motion(before.motion_picture, now.motion_picture);
  now.to_before = resized(motion.to_earlier, kJudgedSide);
  now.steady = round_trip_trust(now.to_before, resized(motion.to_later, kJudgedSide));
}

cv::Mat averaged_detail(const PastFrame& now, const cv::Mat& changed, const std::deque<PastFrame>& past,
                        const TemporalBlendOptions& options) {
  const int side = now.detail.cols;
  cv::Mat sum = cv::Mat::zeros(now.detail.size(), CV_32FC3), total = cv::Mat::zeros(now.detail.size(), CV_32F);
  Motion way = now.to_before;
  // A copy: the products below would else be written into the frame's own.
  cv::Mat trust = now.steady.empty() ? cv::Mat(kJudgedSide, kJudgedSide, CV_32F, cv::Scalar(1)) : now.steady.clone();
  double strength = 1;
  for (std::size_t index = 0; index < past.size(); ++index) {
    const PastFrame& before = past[index];
    strength *= options.strongest;
    const double fading = strength * biweight((now.time_seconds - before.time_seconds) / options.memory_seconds);
    if (fading <= 0) break;
    cv::Mat weight = squared_distance(now.judged, moved(before.judged, way, Resampling::kLinear)) * -kAgreement -
                     squared_distance(now.judged_restored, moved(before.judged_restored, way, Resampling::kLinear)) *
                         kRestoredAgreement;
    cv::exp(weight, weight);
    weight = weight.mul(trust, fading).mul(changed);
    accumulate(sum, total, moved(before.detail, resized(way, side), Resampling::kLinear), now.detail,
               enlarged(weight, side, cv::INTER_LINEAR));
    if (index + 1 == past.size()) break;
    if (!before.steady.empty()) trust = trust.mul(moved(before.steady, way, Resampling::kLinear));
    way = chained(way, before.to_before);
  }
  return averaged(now.detail, sum, total);
}

cv::Mat judged_picture(const cv::Mat& rgb) {
  cv::Mat judged = rgb.cols > kJudgedSide ? shrunk(rgb, kJudgedSide) : enlarged(rgb, kJudgedSide, cv::INTER_LINEAR);
  cv::GaussianBlur(judged, judged, {}, 1);
  return judged;
}

}  // namespace

class TemporalBlender::Pieces {
 public:
  RgbImageF blend(std::int64_t piece_id, double time_seconds, const cv::Mat& input, const cv::Mat& restored,
                  const CropStep* step, const TemporalBlendOptions& options) {
    forget_ended(time_seconds, std::max(options.memory_seconds, options.colour_memory_seconds));
    Piece& piece = pieces_[piece_id];
    if (!piece.frames.empty() && piece.frames.front().detail.size() != input.size()) piece = {};
    piece.last_seconds = time_seconds;

    const cv::Mat base = without_noise(input);
    // Not against `base`: what that lacks at this size moves with the face, and colour is averaged where it stands.
    PastColour colour{time_seconds, shrunk(restored - input, kColourCells), shrunk(input, kColourCells)};
    const cv::Mat broad = averaged_colour(colour, piece.colours, options.colour_memory_seconds);
    const cv::Mat all_detail = restored - base - enlarged(colour.shift, input.cols, cv::INTER_LINEAR);
    cv::Mat detail_to_carry;
    cv::GaussianBlur(all_detail, detail_to_carry, {}, kFinestSigma);
    PastFrame frame{
        time_seconds, motion_picture(input), judged_picture(input), judged_picture(restored), detail_to_carry, {}, {}};
    if (!piece.frames.empty()) find_way_back(frame, piece.frames.front(), step);
    const cv::Mat detail = averaged_detail(frame, changed_share(input, restored), piece.frames, options);

    RgbImageF result(input.cols, input.rows);
    cv::Mat pixels(input.rows, input.cols, CV_32FC3, result.samples.data());
    cv::add(base, enlarged(broad, input.cols, cv::INTER_LINEAR), pixels);
    pixels += detail;
    pixels += all_detail - detail_to_carry;
    remember(piece, std::move(frame), std::move(colour), options);
    return result;
  }

 private:
  void forget_ended(double time_seconds, double memory_seconds) {
    for (auto piece = pieces_.begin(); piece != pieces_.end();) {
      piece = time_seconds - piece->second.last_seconds > memory_seconds ? pieces_.erase(piece) : std::next(piece);
    }
  }

  static void remember(Piece& piece, PastFrame frame, PastColour colour, const TemporalBlendOptions& options) {
    const double now = frame.time_seconds;
    piece.frames.push_front(std::move(frame));
    if (piece.frames.size() > kPastFrames) piece.frames.pop_back();
    piece.colours.push_front(std::move(colour));
    while (now - piece.colours.back().time_seconds >= options.colour_memory_seconds) piece.colours.pop_back();
  }

  std::map<std::int64_t, Piece> pieces_;
};

TemporalBlender::TemporalBlender(TemporalBlendOptions options)
    : options_(options), pieces_(std::make_unique<Pieces>()) {}
TemporalBlender::~TemporalBlender() = default;
TemporalBlender::TemporalBlender(TemporalBlender&&) noexcept = default;
TemporalBlender& TemporalBlender::operator=(TemporalBlender&&) noexcept = default;

RgbImageF TemporalBlender::blend(std::int64_t piece_id, double time_seconds, RgbViewF input, RgbViewF restored,
                                 const CropStep* step) {
  const bool usable = input.width == input.height && input.width > 0 && restored.width == input.width &&
                      restored.height == input.height;
  if (!usable) throw Error(ExitCode::kInternal, "blending in time: crops must be square and of one size");
  // One such value would spread over all that is averaged with it.
  if (!cv::checkRange(as_matrix(restored)) || !cv::checkRange(as_matrix(input))) {
    throw Error(ExitCode::kInternal, "blending in time: a crop holds values that are not numbers");
  }
  if (options_.on) return pieces_->blend(piece_id, time_seconds, as_matrix(input), as_matrix(restored), step, options_);
  RgbImageF untouched(restored.width, restored.height);
  as_matrix(restored).copyTo(cv::Mat(restored.height, restored.width, CV_32FC3, untouched.samples.data()));
  return untouched;
}

void TemporalBlender::reset() {
  pieces_ = std::make_unique<Pieces>();
}

}  // namespace reelface
