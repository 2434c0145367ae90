// SPDX-License-Identifier: Apache-2.0
#include "axis_weights.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace reelface {
namespace {

/// `kernel(distance)` is the weight of a source sample that lies `distance` to the right of the result's place.
template <class Kernel>
AxisWeights make_weights(int result_count, int source_count, double scale, double offset, double reach, Kernel kernel) {
  std::vector<std::vector<double>> rows(static_cast<std::size_t>(result_count));
  AxisWeights result;
  result.first.resize(static_cast<std::size_t>(result_count));
  for (int i = 0; i < result_count; ++i) {
    const double place = std::clamp(scale * i + offset, -1.0, static_cast<double>(source_count));
    const int begin = static_cast<int>(std::floor(place - reach));
    const int end = static_cast<int>(std::ceil(place + reach));
    int lowest = source_count;
    int highest = -1;
    std::vector<double> folded(static_cast<std::size_t>(end - begin + 1), 0.0);
    const int base = std::clamp(begin, 0, source_count - 1);
    for (int k = begin; k <= end; ++k) {
      const double weight = kernel(k - place);
      if (weight == 0) continue;
      const int inside = std::clamp(k, 0, source_count - 1);
      folded[static_cast<std::size_t>(inside - base)] += weight;
      lowest = std::min(lowest, inside);
      highest = std::max(highest, inside);
    }
    const double total = std::accumulate(folded.begin(), folded.end(), 0.0);
    auto& row = rows[static_cast<std::size_t>(i)];
    for (int k = lowest; k <= highest; ++k) row.push_back(folded[static_cast<std::size_t>(k - base)] / total);
    result.first[static_cast<std::size_t>(i)] = lowest;
    result.taps = std::max(result.taps, static_cast<int>(row.size()));
  }
  // All results get the same number of taps; those near the end start earlier so that none reads past it.
  result.weights.assign(static_cast<std::size_t>(result_count) * result.taps, 0.0F);
  for (int i = 0; i < result_count; ++i) {
    int& first = result.first[static_cast<std::size_t>(i)];
    const int start = std::min(first, std::max(0, source_count - result.taps));
    const auto& row = rows[static_cast<std::size_t>(i)];
    float* target = result.weights.data() + static_cast<std::size_t>(i) * result.taps + (first - start);
    std::transform(row.begin(), row.end(), target, [](double weight) { return static_cast<float>(weight); });
    first = start;
  }
  return result;
}

double sinc(double x) {
  constexpr double kPi = 3.14159265358979323846;
  return x == 0 ? 1 : std::sin(kPi * x) / (kPi * x);
}

}  // namespace

AxisWeights area_weights(int result_count, int source_count, double scale, double offset) {
  const double half = std::max(scale, 1.0) / 2;
  return make_weights(result_count, source_count, scale, offset, half + 0.5, [half](double distance) {
    const double overlap = std::min(distance + 0.5, half) - std::max(distance - 0.5, -half);
    return overlap > 1e-9 ? overlap : 0;
  });
}

AxisWeights lanczos_weights(int result_count, int source_count, double scale, double offset) {
  const double width = std::max(scale, 1.0);
  constexpr double kLobes = 3;
  return make_weights(result_count, source_count, scale, offset, kLobes * width, [width](double distance) {
    const double x = distance / width;
    return std::fabs(x) < kLobes ? sinc(x) * sinc(x / kLobes) : 0;
  });
}

namespace {

// A constant number of taps lets the compiler unroll; the loop over a variable number costs three times as much.
template <int kTaps>
void apply_taps(const AxisWeights& weights, const float* source, float* result) {
  const int* first = weights.first.data();
  const float* weight = weights.weights.data();
  for (int i = 0; i < weights.count(); ++i, weight += kTaps) {
    const float* from = source + first[i];
    float sum = weight[0] * from[0];
    for (int k = 1; k < kTaps; ++k) sum += weight[k] * from[k];
    result[i] = sum;
  }
}

}  // namespace

void apply_along_row(const AxisWeights& weights, const float* source, float* result) {
  switch (weights.taps) {
    case 1:
      return apply_taps<1>(weights, source, result);
    case 2:
      return apply_taps<2>(weights, source, result);
    case 3:
      return apply_taps<3>(weights, source, result);
    case 4:
      return apply_taps<4>(weights, source, result);
    case 6:
      return apply_taps<6>(weights, source, result);
    default:
      break;
  }
  for (int i = 0; i < weights.count(); ++i) {
    const float* from = source + weights.first[static_cast<std::size_t>(i)];
    const float* weight = weights.of(i);
    float sum = 0;
    for (int k = 0; k < weights.taps; ++k) sum += weight[k] * from[k];
    result[i] = sum;
  }
}

}  // namespace reelface
