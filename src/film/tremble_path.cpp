// SPDX-License-Identifier: Apache-2.0
#include "film/tremble_path.h"

#include <algorithm>
#include <cmath>

namespace reelface {
namespace {

constexpr int kSpeedReach = 4;                            // frames each way that a speed is measured over
constexpr int kStillWindows[] = {1, 2, 4};                // parts of the longest window, while nothing moves
constexpr int kMovingReaches[] = {32, 24, 18, 13, 9, 6};  // frames each way, while something does

/// The values around a frame, that frame's in the middle at 0.
class Neighbourhood {
 public:
  Neighbourhood(int back, std::vector<double> values) : back_(back), values_(std::move(values)) {}

  int back() const { return back_; }
  int ahead() const { return static_cast<int>(values_.size()) - 1 - back_; }
  double operator()(int t) const { return *(values_.begin() + back_ + t); }

  /// Slope of a straight line through the values around t, as many as there are on both sides.
  double speed(int t) const {
    const int reach = std::min({kSpeedReach, t + back_, ahead() - t});
    double sum = 0, weights = 0;
    for (int i = 1; i <= reach; ++i) sum += i * ((*this)(t + i) - (*this)(t - i)), weights += 2.0 * i * i;
    return weights > 0 ? sum / weights : 0;
  }

 private:
  int back_;
  std::vector<double> values_;
};

/// 1 up to the limit, 0 from twice the limit on.
double within(double value, double limit) {
  return std::clamp(2 - value / limit, 0.0, 1.0);
}

/// Where the middle belongs by a window, and how far that can be trusted.
struct Place {
  double value = 0;
  double trust = 0;
};

/// How far a window drifts from its first frame to its last, as a share of what tremble alone could make of it.
double drift_share(const Neighbourhood& values, int back, int ahead) {
  constexpr double kLeast = 0.5;    // nobody sees it
  constexpr double kByTremble = 6;  // of the deviation of a slope by chance: tremble is no chance from frame to frame
  const double count = back + ahead + 1, middle = (ahead - back) / 2.0;
  double mean = 0, slope = 0, squares = 0, rest = 0;
  for (int t = -back; t <= ahead; ++t) mean += values(t) / count;
  for (int t = -back; t <= ahead; ++t) {
    slope += (t - middle) * values(t);
    squares += (t - middle) * (t - middle);
  }
  if (squares == 0) return 0;
  slope /= squares;
  for (int t = -back; t <= ahead; ++t) {
    const double off = values(t) - mean - slope * (t - middle);
    rest += off * off / count;
  }
  return std::abs(slope) * count / std::max(kLeast, kByTremble * std::sqrt(12 * rest / count));
}

Place still_place(const Neighbourhood& values, int back, int ahead, const TremblePathOptions& options) {
  double mean = 0, farthest = 0, fastest = 0;
  for (int t = -back; t <= ahead; ++t) mean += values(t) / (back + ahead + 1);
  for (int t = -back; t <= ahead; ++t) {
    farthest = std::max(farthest, std::abs(values(t) - mean));
    fastest = std::max(fastest, std::abs(values.speed(t)));
  }
  const double drift = drift_share(values, back, ahead);
  return {mean, within(farthest, options.range) * within(fastest, options.speed) * within(drift, 1)};
}

/// A parabola through the values of a window that is the same to both sides: its place and slope in the middle follow
/// from the sums of even and odd powers.
Place moving_place(const Neighbourhood& values, int reach, const TremblePathOptions& options) {
  double n = 0, t2 = 0, t4 = 0, v = 0, vt = 0, vt2 = 0;
  for (int t = -reach; t <= reach; ++t) {
    const double square = static_cast<double>(t) * t, value = values(t);
    n += 1, t2 += square, t4 += square * square, v += value, vt += value * t, vt2 += value * square;
  }
  const double determinant = n * t4 - t2 * t2;
  const double place = (t4 * v - t2 * vt2) / determinant, bend = (n * vt2 - t2 * v) / determinant, slope = vt / t2;
  double farthest = 0, fastest = 0;
  for (int t = -reach; t <= reach; ++t) {
    farthest = std::max(farthest, std::abs(values(t) - place - slope * t - bend * t * t));
    fastest = std::max(fastest, std::abs(values.speed(t) - slope - 2 * bend * t));
  }
  return {place, within(farthest, options.range) * within(fastest, options.speed)};
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// The mean of the frames near by, for what comes and goes by more and more slowly than tremble in a long window does.
/// What goes one way, as a fade does, is left alone: it gets as far as it moves. What most frames do not take part in
/// is left alone, too: lightning is far off where the others are still.
Place local_place(const Neighbourhood& values, const TremblePathOptions& options) {
  constexpr int kFewest = 8;
  constexpr double kGoesOneWay = 0.25;                      // of all its movement; from twice that on it is not touched
  constexpr double kDeviations = 3, kOfTheMedian = 1.4826;  // of deviations that are distributed normally
  const int back = std::min(values.back(), options.local_reach), ahead = std::min(values.ahead(), options.local_reach);
  if (back + ahead + 1 < kFewest) return {};
  double mean = 0, movement = 0;
  std::vector<double> around;
  for (int t = -back; t <= ahead; ++t) {
    around.push_back(values(t));
    mean += values(t) / (back + ahead + 1);
    if (t > -back) movement += std::abs(values(t) - values(t - 1));
  }
  if (movement == 0) return {};
  const double middle = median(around);
  for (double& value : around) value = std::abs(value - middle);
  const double most = kDeviations * kOfTheMedian * median(std::move(around));
  const double one_way = std::abs(values(ahead) - values(-back)) / movement;
  return {std::clamp(mean, -most, most), within(one_way, kGoesOneWay)};
}

/// Long windows tell tremble from movement best, so the longest that is trusted decides. What is missing of its trust
/// is left to the next shorter one, so that nothing jumps where a movement begins.
double smooth_place(const Neighbourhood& values, const TremblePathOptions& options) {
  double place = 0, left = 1;
  const auto settle = [&](const Place& found) {
    place += left * found.trust * found.value;
    left *= 1 - found.trust;
  };
  for (const int part : kStillWindows) {
    settle(still_place(values, std::min(values.back(), options.frames_back / part),
                       std::min(values.ahead(), options.frames_ahead / part), options));
  }
  for (const int reach : kMovingReaches) {
    if (options.while_moving && reach <= std::min(values.back(), values.ahead()))
      settle(moving_place(values, reach, options));
  }
  if (options.local_reach > 0) settle(local_place(values, options));
  return place + left * values(0);
}

/// In steps whose sums are exact, so that it does not matter where a film is entered.
double kept_exactly(double value) {
  constexpr double kSteps = 1024;
  return std::round(value * kSteps) / kSteps;
}

}  // namespace

void TremblePath::push(std::optional<Values> change) {
  if (!change || places_.empty()) {
    places_.push_back({change ? Values(change->size(), 0) : Values(), true});
    return;
  }
  Entry place{std::move(*change), false};
  for (double& value : place.values) value = kept_exactly(value);
  const Values& before = places_.back().values;
  for (std::size_t i = 0; i < std::min(before.size(), place.values.size()); ++i) place.values[i] += before[i];
  places_.push_back(std::move(place));
}

int TremblePath::frames_of_shot(std::size_t index, int direction, int most) const {
  int frames = 0;
  while (frames < most) {
    const std::ptrdiff_t next =
        static_cast<std::ptrdiff_t>(index) + static_cast<std::ptrdiff_t>(direction) * (frames + 1);
    if (next < 0 || next >= static_cast<std::ptrdiff_t>(places_.size())) break;
    if (places_[static_cast<std::size_t>(direction > 0 ? next : next + 1)].starts_shot) break;
    ++frames;
  }
  return frames;
}

TremblePath::Values TremblePath::tremble(std::size_t index) const {
  const int back = frames_of_shot(index, -1, options_.frames_back);
  const int ahead = frames_of_shot(index, 1, options_.frames_ahead);
  const auto values_at = [&](int t) -> const Values& {
    return places_[static_cast<std::size_t>(static_cast<std::ptrdiff_t>(index) + t)].values;
  };
  // The first frame of a shot does not know how many values there are.
  Values result(back + ahead > 0 ? values_at(ahead > 0 ? 1 : 0).size() : 0);
  const auto value_of = [](const Values& values, std::size_t which) {
    return which < values.size() ? values[which] : 0;
  };
  for (std::size_t which = 0; which < result.size(); ++which) {
    std::vector<double> around;
    for (int t = -back; t <= ahead; ++t)
      around.push_back(value_of(values_at(t), which) - value_of(values_at(0), which));
    result[which] = -smooth_place(Neighbourhood(back, std::move(around)), options_);
  }
  return result;
}

std::optional<TremblePath::Values> TremblePath::take() {
  const auto ahead = static_cast<std::size_t>(options_.frames_ahead),
             back = static_cast<std::size_t>(options_.frames_back);
  if (next_ >= places_.size() || (!is_finished_ && places_.size() - next_ <= ahead)) return std::nullopt;
  Values result = tremble(next_);
  ++next_;
  while (next_ > back + 1) {
    places_.pop_front();
    --next_;
  }
  return result;
}

}  // namespace reelface
