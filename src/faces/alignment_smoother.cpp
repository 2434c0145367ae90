// SPDX-License-Identifier: Apache-2.0
#include "faces/alignment_smoother.h"

#include <algorithm>
#include <cmath>

#include "core/smooth_step.h"
#include "local_fit.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr double kTau = 6.283185307179586;

/// Detectors are this unsure of a whole alignment: on large faces in the 512 crop, on small ones in the frame's pixels.
constexpr double kDetectorNoiseAt512 = 3;
constexpr double kDetectorNoiseInFrame = 1.3;

/// The numbers that may be smoothed: log scale, angle, and the face's centre in the frame. The centre, because the
/// matrix' own x and y turn and grow with noise in angle and scale wherever the face is far from the frame's corner.
using Parameters = std::array<double, 4>;

struct Sample {
  double time_seconds = 0;  ///< from the moment asked for
  double weight = 0;
  double trust = 1;  ///< 0 = the neighbours say this detection jumped; in doubt 1
  Parameters raw{};
  std::array<Point, 5> shape;  ///< the points after their own raw alignment
};

/// Distances in the 512 crop between alignments given as parameters.
class TemplateMetric {
 public:
  TemplateMetric(const std::array<Point, 5>& targets, double log_scale) : scale_(std::exp(log_scale)) {
    Point centre;
    for (const Point& point : targets) centre = {centre.x + point.x / 5, centre.y + point.y / 5};
    for (const Point& point : targets) {
      spread_ += (std::pow(point.x - centre.x, 2) + std::pow(point.y - centre.y, 2)) / 5;
    }
  }

  double scale() const { return scale_; }

  /// Root mean square distance of the five template points under the two alignments, to first order.
  double distance(const Parameters& first, const Parameters& second) const {
    const double moved = scale_ * std::hypot(first[2] - second[2], first[3] - second[3]);
    return std::sqrt(moved * moved + spread_ * (std::pow(first[0] - second[0], 2) + std::pow(first[1] - second[1], 2)));
  }

 private:
  double scale_;
  double spread_ = 0;
};

Point mean(const std::array<Point, 5>& points) {
  double x = 0, y = 0;
  for (const Point& point : points) x += point.x, y += point.y;
  return {static_cast<float>(x / 5), static_cast<float>(y / 5)};
}

Parameters parameters_of(const Similarity& similarity, const std::array<Point, 5>& points) {
  // Least squares moves the mean of the points onto the mean of the targets: the mean is the face's centre.
  double x = 0, y = 0;
  for (const Point& point : points) x += point.x, y += point.y;
  return {similarity.log_scale, similarity.angle, x / 5, y / 5};
}

Similarity similarity_of(const Parameters& parameters, const std::array<Point, 5>& targets) {
  Similarity turned{parameters[0], parameters[1], 0, 0};
  const std::array<double, 6> matrix = turned.matrix();
  const Point centre = mean(targets);
  turned.x = centre.x - (matrix[0] * parameters[2] + matrix[1] * parameters[3]);
  turned.y = centre.y - (matrix[3] * parameters[2] + matrix[4] * parameters[3]);
  return turned;
}

std::vector<Sample> samples_within(const std::vector<AlignmentSample>& given, double time_seconds,
                                   const std::array<Point, 5>& targets, double half_window) {
  std::vector<Sample> samples;
  for (const AlignmentSample& sample : given) {
    const double away = sample.time_seconds - time_seconds;
    const bool is_now = away == 0;
    if (sample.weight <= 0 || !(is_now || std::abs(away) < half_window)) continue;
    const Similarity raw = fit_similarity(sample.points, targets);
    Sample kept{away, sample.weight, 1, parameters_of(raw, sample.points), {}};
    for (std::size_t index = 0; index < kept.shape.size(); ++index) kept.shape[index] = raw.apply(sample.points[index]);
    samples.push_back(kept);
  }
  return samples;
}

const Sample& nearest_in_time(const std::vector<Sample>& samples) {
  return *std::min_element(samples.begin(), samples.end(), [](const Sample& first, const Sample& second) {
    return std::abs(first.time_seconds) < std::abs(second.time_seconds);
  });
}

/// Angles are only known up to whole turns: all are brought near the one in the middle.
void unwrap_angles(std::vector<Sample>& samples) {
  const double reference = nearest_in_time(samples).raw[1];
  for (Sample& sample : samples) sample.raw[1] -= kTau * std::round((sample.raw[1] - reference) / kTau);
}

using Fit = std::array<LocalPolynomial, 4>;

Parameters at(const Fit& fit, double time_seconds) {
  Parameters parameters{};
  for (std::size_t index = 0; index < parameters.size(); ++index) parameters[index] = fit[index].at(time_seconds);
  return parameters;
}

LocalBasis basis_of(const std::vector<Sample>& samples, double half_width, int degree) {
  LocalBasis basis(half_width, degree);
  for (const Sample& sample : samples) {
    basis.add(sample.time_seconds, sample.weight * biweight(sample.time_seconds / half_width));
  }
  basis.solve();
  return basis;
}

Fit fit_of(const std::vector<Sample>& samples, double half_width, int degree) {
  const LocalBasis basis = basis_of(samples, half_width, degree);
  Fit fit;
  for (std::size_t number = 0; number < fit.size(); ++number) {
    fit[number] = basis.fit([&](std::size_t index) { return samples[index].raw[number]; });
  }
  return fit;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Takes weight from samples that disagree with their neighbours and returns the typical disagreement of the others, in
/// the 512 crop. Tukey's weights change smoothly with the data, so that no sample switches on or off.
double down_weight_outliers(std::vector<Sample>& samples, const TemplateMetric& metric, double half_window) {
  if (samples.size() < 4) return 0;
  const std::vector<Sample> given = samples;
  double noise = 0;
  std::vector<double> distances(samples.size());
  for (int round = 0; round < 4; ++round) {
    const Fit fit = fit_of(samples, half_window, 2);
    for (std::size_t index = 0; index < given.size(); ++index) {
      distances[index] = metric.distance(at(fit, given[index].time_seconds), given[index].raw);
    }
    // The distance has four degrees of freedom: its median is near its root mean square. Half a pixel is never an
    // outlier.
    noise = std::max(median(distances), 0.5);
    const double cut_off = 5 * noise;
    for (std::size_t index = 0; index < given.size(); ++index) {
      // First gently, so that an outlier that bent the fit cannot take its honest neighbours with it.
      const double trust =
          round < 2 ? 1 / std::max(1.0, distances[index] / noise) : biweight(distances[index] / cut_off);
      samples[index].weight = given[index].weight * trust;
      samples[index].trust = 1 - smooth_step(0.5, 1, distances[index] / cut_off);
    }
  }
  const bool any_left =
      std::any_of(samples.begin(), samples.end(), [](const Sample& sample) { return sample.weight > 0; });
  if (!any_left) samples = given;
  return noise;
}

Parameters mixed(const Parameters& first, const Parameters& second, double share_of_second) {
  Parameters result{};
  for (std::size_t index = 0; index < result.size(); ++index) {
    result[index] = first[index] + share_of_second * (second[index] - first[index]);
  }
  return result;
}

/// Moves `from` so far towards `goal` that no more than `allowed` is left. Continuous: nothing moves within the limit.
Parameters drawn_towards(const Parameters& from, const Parameters& goal, double distance, double allowed) {
  return distance > allowed ? mixed(from, goal, 1 - allowed / distance) : from;
}

std::array<Point, 5> smoothed_shape(const std::vector<Sample>& samples, double half_window) {
  const LocalBasis basis = basis_of(samples, half_window, 1);
  std::array<Point, 5> shape;
  for (std::size_t point = 0; point < shape.size(); ++point) {
    shape[point].x =
        static_cast<float>(basis.fit([&](std::size_t index) { return samples[index].shape[point].x; }).at(0));
    shape[point].y =
        static_cast<float>(basis.fit([&](std::size_t index) { return samples[index].shape[point].y; }).at(0));
  }
  return shape;
}

/// At one time: from the steady fit over the quick one towards the raw alignment, as far as motion demands.
Parameters settled(const std::vector<Sample>& samples, const TemplateMetric& metric, double noise,
                   const AlignmentOptions& options) {
  const double half_window = options.half_window_seconds;
  const Parameters steady = at(fit_of(samples, half_window, 1), 0);
  const Parameters quick = at(fit_of(samples, 0.8 * half_window, 2), 0);
  // What looks like noise in wild motion is motion: beyond what detectors really do it must not widen the limits.
  const double believable_noise =
      std::min(noise, std::max(kDetectorNoiseAt512, kDetectorNoiseInFrame * metric.scale()));
  const double still_limit = std::clamp(believable_noise, options.still_limit_px, 0.75 * options.residual_limit_px);
  Parameters result = drawn_towards(steady, quick, metric.distance(steady, quick), still_limit);

  const Sample& now = nearest_in_time(samples);
  if (now.time_seconds != 0) return result;
  const double limit = std::max(options.residual_limit_px, 2.5 * believable_noise);
  return mixed(result, drawn_towards(result, now.raw, metric.distance(result, now.raw), limit), now.trust);
}

}  // namespace

SmoothedAlignment smooth_alignment(const std::vector<AlignmentSample>& given, double time_seconds,
                                   const std::array<Point, 5>& targets, const AlignmentOptions& options) {
  AlignmentOptions usable = options;
  usable.half_window_seconds = std::max(options.half_window_seconds, 1e-9);
  std::vector<Sample> samples = samples_within(given, time_seconds, targets, usable.half_window_seconds);
  if (samples.empty()) {
    throw Error(ExitCode::kInternal, "alignment: no points of the face within the smoothing window");
  }
  unwrap_angles(samples);
  const Sample now = nearest_in_time(samples);
  SmoothedAlignment result;
  if (samples.size() == 1) {
    result = {similarity_of(now.raw, targets), now.shape, 0};
  } else {
    const TemplateMetric metric(targets, now.raw[0]);
    const double noise = down_weight_outliers(samples, metric, usable.half_window_seconds);
    const Parameters parameters = settled(samples, metric, noise, usable);
    result = {similarity_of(parameters, targets), smoothed_shape(samples, usable.half_window_seconds), 0};
  }
  for (const AlignmentSample& sample : given) {
    if (sample.time_seconds == time_seconds)
      result.residual_px = rms_residual(result.to_template, sample.points, targets);
  }
  return result;
}

}  // namespace reelface
