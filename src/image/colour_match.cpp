// SPDX-License-Identifier: Apache-2.0
#include "image/colour_match.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "reelface/core/error.h"

namespace reelface {
namespace {

// Eight to a side: larger than eyes and mouth, smaller than a cheek in shadow.
constexpr int kCells = 8;

struct CellSums {
  std::array<double, 3> offset{};
  double weight = 0;
};

std::vector<CellSums> sums_of(const RgbViewF& restored, const RgbViewF& crop, const MaskImage& mask) {
  std::vector<CellSums> sums(std::size_t{kCells} * kCells);
  for (int y = 0; y < mask.height; ++y) {
    const float* weights = mask.weights.data() + static_cast<std::size_t>(y) * mask.width;
    CellSums* const row = sums.data() + std::ptrdiff_t{y} * kCells / mask.height * kCells;
    for (int cell = 0; cell < kCells; ++cell) {
      const int begin = cell * mask.width / kCells;
      const int end = (cell + 1) * mask.width / kCells;
      std::array<float, 3> offset{};
      float weight = 0;
      for (int x = begin; x < end; ++x) {
        const float* to = crop.samples + y * crop.row_stride + std::ptrdiff_t{3} * x;
        const float* from = restored.samples + y * restored.row_stride + std::ptrdiff_t{3} * x;
        for (int channel = 0; channel < 3; ++channel) offset[channel] += weights[x] * (to[channel] - from[channel]);
        weight += weights[x];
      }
      for (int channel = 0; channel < 3; ++channel) row[cell].offset[channel] += offset[channel];
      row[cell].weight += weight;
    }
  }
  return sums;
}

/// Neighbours count as well, so that no cell stands out, and cells without any mask follow the nearest that has some.
std::array<double, 3> smoothed(const std::vector<CellSums>& sums, int column, int row) {
  std::array<double, 3> offset{};
  double weight = 0;
  const CellSums* cell = sums.data();
  for (int y = 0; y < kCells; ++y) {
    for (int x = 0; x < kCells; ++x, ++cell) {
      const double distance = (x - column) * (x - column) + (y - row) * (y - row);
      const double share = std::exp(-distance) + 1e-6 / (1 + distance * distance);
      for (int channel = 0; channel < 3; ++channel) offset[channel] += share * cell->offset[channel];
      weight += share * cell->weight;
    }
  }
  for (double& value : offset) value /= weight;
  return offset;
}

/// Which two cells a pixel lies between, and how far from the first.
struct Between {
  int first = 0;
  int second = 0;
  float share = 0;  ///< of the second
};

std::vector<Between> places_between(int size, int cells) {
  std::vector<Between> places(static_cast<std::size_t>(size));
  for (int i = 0; i < size; ++i) {
    const double at = std::clamp((i + 0.5) * cells / size - 0.5, 0.0, cells - 1.0);
    Between& place = places[static_cast<std::size_t>(i)];
    place.first = static_cast<int>(at);
    place.second = std::min(place.first + 1, cells - 1);
    const double share = at - place.first;
    place.share = static_cast<float>(share * share * (3 - 2 * share));  // no crease at the cells' middles
  }
  return places;
}

}  // namespace

ColourMatch measure_colour_match(const RgbViewF& restored, const RgbViewF& crop, const MaskImage& mask) {
  const auto fits = [&](const RgbViewF& view) { return view.width == mask.width && view.height == mask.height; };
  if (!fits(restored) || !fits(crop))
    throw Error(ExitCode::kInternal, "colours of pictures of different sizes cannot be matched");
  const std::vector<CellSums> sums = sums_of(restored, crop, mask);
  double weight = 0;
  for (const CellSums& cell : sums) weight += cell.weight;
  ColourMatch match;
  if (!(weight > 0)) return match;
  match.cells = kCells;
  for (int row = 0; row < kCells; ++row) {
    for (int column = 0; column < kCells; ++column) {
      for (const double value : smoothed(sums, column, row)) match.offsets.push_back(static_cast<float>(value));
    }
  }
  return match;
}

void apply_colour_match(const ColourMatch& match, RgbImageF& restored) {
  if (match.is_empty()) return;
  const std::vector<Between> columns = places_between(restored.width, match.cells);
  const std::vector<Between> rows = places_between(restored.height, match.cells);
  std::vector<float> blended(std::size_t{3} * match.cells);
  for (int y = 0; y < restored.height; ++y) {
    const Between& between = rows[static_cast<std::size_t>(y)];
    const float* first = match.offsets.data() + std::size_t{3} * match.cells * between.first;
    const float* second = match.offsets.data() + std::size_t{3} * match.cells * between.second;
    for (std::size_t i = 0; i < blended.size(); ++i) blended[i] = first[i] + between.share * (second[i] - first[i]);
    float* pixel = restored.samples.data() + std::size_t{3} * restored.width * y;
    for (const Between& place : columns) {
      const float* left = blended.data() + std::ptrdiff_t{3} * place.first;
      const float* right = blended.data() + std::ptrdiff_t{3} * place.second;
      for (int channel = 0; channel < 3; ++channel)
        *pixel++ += left[channel] + place.share * (right[channel] - left[channel]);
    }
  }
}

void match_colour(RgbImageF& restored, const RgbViewF& crop, const MaskImage& mask) {
  apply_colour_match(measure_colour_match(restored.view(), crop, mask), restored);
}

double colour_variance(const RgbViewF& crop) {
  std::array<double, 3> sum{};
  std::array<double, 3> squares{};
  for (int y = 0; y < crop.height; ++y) {
    const float* pixel = crop.samples + y * crop.row_stride;
    for (int x = 0; x < crop.width; ++x, pixel += 3) {
      const std::array<double, 3> differences = {pixel[0] - pixel[1], pixel[1] - pixel[2], pixel[2] - pixel[0]};
      for (int k = 0; k < 3; ++k) {
        sum[k] += differences[k];
        squares[k] += differences[k] * differences[k];
      }
    }
  }
  const double count = static_cast<double>(crop.width) * crop.height;
  if (count == 0) return 0;
  double variance = 0;
  for (int k = 0; k < 3; ++k) variance += (squares[k] / count - (sum[k] / count) * (sum[k] / count)) / 3;
  return std::max(variance, 0.0);
}

bool is_grey(double mean_colour_variance) {
  // 10 for codes of 0..255 separates faded colour from the chroma noise of grey film in published restorers.
  return mean_colour_variance <= 10.0 / (255 * 255);
}

}  // namespace reelface
