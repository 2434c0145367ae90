// SPDX-License-Identifier: Apache-2.0
#include "film/film_meter.h"

#include <cmath>
#include <utility>

#include "film/frame_change.h"
#include "image/frame_noise.h"

namespace reelface {
namespace {

constexpr double kMostPx = 8;            // a jump further than any gate lets a film sway
constexpr double kMostLevels = 24;       // a flash or a lamp
constexpr double kMiddleGrey = 127.5;    // where light is told
constexpr std::int64_t kNoiseEvery = 8;  // frames: noise is the same in all of them

// Frames that are looked at: all of a short film, then one stretch in four. That is enough to measure, and costs less.
constexpr std::int64_t kAllOf = 64, kStretch = 16, kEveryStretch = 4;

bool is_looked_at(std::int64_t frame) {
  return frame < kAllOf || frame / kStretch % kEveryStretch == 0;
}

}  // namespace

void Unevenness::add(double change) {
  if (last_) {
    const double second = change - *last_;
    squares_ += second * second;
    ++count_;
  }
  last_ = change;
}

std::optional<double> Unevenness::deviation() const {
  // A second difference a - 2b + c of independent values has six times their variance.
  constexpr double kVariances = 6;
  if (count_ == 0) return std::nullopt;
  return std::sqrt(squares_ / (kVariances * static_cast<double>(count_)));
}

void FilmMeter::see(const Frame& frame, bool starts_shot, int width_told) {
  const std::int64_t number = frames_++;
  if (!frame.facts().layout.editable || frame.facts().interlaced || !is_looked_at(number)) {
    before_.reset();
    return;
  }
  if (number % kNoiseEvery == 0) {
    noise_ += noise_levels(frame_grain(frame));
    ++noise_looks_;
  }
  MotionCopy now = motion_copy(frame);
  const bool continues = before_ && !starts_shot && before_->grey.size() == now.grey.size();
  if (continues) {
    compare(now, static_cast<double>(width_told) / frame.facts().width);
  } else {
    across_.restart(), down_.restart(), light_.restart();
  }
  before_ = std::move(now);
}

void FilmMeter::compare(const MotionCopy& now, double scale) {
  const std::optional<cv::Point2d> shift = shift_between(*before_, now);
  if (shift && std::hypot(shift->x, shift->y) * scale <= kMostPx) {
    across_.add(shift->x * scale), down_.add(shift->y * scale);
  } else {
    across_.restart(), down_.restart();
  }
  const std::optional<ToneChange> tone = tone_between(*before_, now);
  const double levels = tone ? tone->at(kMiddleGrey, 0, 0) : kMostLevels + 1;
  if (std::abs(levels) <= kMostLevels) {
    light_.add(100 * levels / kMiddleGrey);
  } else {
    light_.restart();
  }
}

Restlessness FilmMeter::result() const {
  Restlessness result;
  const std::optional<double> across = across_.deviation(), down = down_.deviation();
  if (across && down) result.weave = std::sqrt((*across * *across + *down * *down) / 2);
  result.flicker = light_.deviation();
  if (noise_looks_ > 0) result.noise = noise_ / static_cast<double>(noise_looks_);
  return result;
}

}  // namespace reelface
