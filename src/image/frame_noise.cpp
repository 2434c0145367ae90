#include "image/frame_noise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "image/grain.h"
#include "reelface/image/mask_image.h"

namespace reelface {
namespace {

constexpr int kMaskSide = 4;  // any few pixels that cover the frame: everything counts

MaskImage whole_mask() {
  return {kMaskSide, kMaskSide, 1};
}

Affine onto_whole_mask(const Frame& frame) {
  return Affine::scale_and_move((kMaskSide - 1.0) / frame.facts().width, (kMaskSide - 1.0) / frame.facts().height, 0,
                                0);
}

constexpr int kBlock = 16;
constexpr float kSamples = kBlock * kBlock;
constexpr std::size_t kFewestBlocks = 6;
constexpr float kFlat = 1e-6F;  // variance; a quarter of a level: nothing to see here, as in black borders
/// What is left of pure noise's variance by taking the least of so many pairs, and the calm third of blocks.
constexpr std::array<float, 5> kOfTheLeast = {0.95F, 0.88F, 0.85F, 0.82F, 0.8F};
/// A tone that is seen only on what moves would pass for noisy: noise differs less between tones than this (variances).
constexpr float kMostOfTheCalm = 16;

float calm_third(std::vector<float>& variances) {
  const auto calm = variances.begin() + static_cast<std::ptrdiff_t>(variances.size() / 3);
  std::nth_element(variances.begin(), calm, variances.end());
  return *calm;
}

float luma_at(const float* pixel) {
  return 0.299F * pixel[0] + 0.587F * pixel[1] + 0.114F * pixel[2];
}

/// Of a value in one block. What the whole block has in common, as from flicker, counts for nothing.
template <class Value>
float variance_in_block(Value value) {
  float sum = 0, squares = 0;
  for (int y = 0; y < kBlock; ++y) {
    for (int x = 0; x < kBlock; ++x) {
      const float v = value(x, y);
      sum += v;
      squares += v * v;
    }
  }
  return std::max(0.0F, squares / kSamples - sum / kSamples * (sum / kSamples));
}

float variance_of_luma(RgbViewF picture, int left, int top) {
  return variance_in_block([&](int x, int y) {
    return luma_at(picture.samples + (top + y) * picture.row_stride + std::ptrdiff_t{3} * (left + x));
  });
}

float mean_luma(RgbViewF picture, int left, int top) {
  float sum = 0;
  for (int y = top; y < top + kBlock; ++y) {
    for (int x = left; x < left + kBlock; ++x)
      sum += luma_at(picture.samples + y * picture.row_stride + std::ptrdiff_t{3} * x);
  }
  return sum / kSamples;
}

float variance_of_change(RgbViewF picture, RgbViewF other, int left, int top) {
  return variance_in_block([&](int x, int y) {
    const std::ptrdiff_t column = std::ptrdiff_t{3} * (left + x);
    return luma_at(picture.samples + (top + y) * picture.row_stride + column) -
           luma_at(other.samples + (top + y) * other.row_stride + column);
  });
}

float least_variance(const std::vector<PicturePair>& pairs, int left, int top) {
  float least = variance_of_change(pairs.front().one, pairs.front().other, left, top);
  for (const PicturePair& pair : pairs) least = std::min(least, variance_of_change(pair.one, pair.other, left, top));
  return least;
}

bool is_repeat(const PicturePair& pair) {
  for (int y = 0; y < pair.one.height; ++y) {
    const float *one = pair.one.samples + y * pair.one.row_stride,
                *other = pair.other.samples + y * pair.other.row_stride;
    if (!std::equal(one, one + std::ptrdiff_t{3} * pair.one.width, other)) return false;
  }
  return true;
}

/// A frame shown twice says nothing of noise.
std::vector<PicturePair> without_repeats(std::vector<PicturePair> pairs) {
  pairs.erase(std::remove_if(pairs.begin(), pairs.end(), is_repeat), pairs.end());
  return pairs;
}

using VariancesByTone = std::array<std::vector<float>, GrainModel::kLevels>;

VariancesByTone variances_by_tone(const std::vector<PicturePair>& pairs) {
  const RgbViewF& first = pairs.front().one;
  VariancesByTone by_tone;
  for (int y = 0; y + kBlock <= first.height; y += kBlock) {
    for (int x = 0; x + kBlock <= first.width; x += kBlock) {
      if (variance_of_luma(first, x, y) <= kFlat) continue;
      const int tone = static_cast<int>(mean_luma(first, x, y) * GrainModel::kLevels);
      by_tone[std::clamp(tone, 0, GrainModel::kLevels - 1)].push_back(least_variance(pairs, x, y));
    }
  }
  return by_tone;
}

}  // namespace

GrainModel frame_grain(const Frame& frame) {
  return measure_grain(frame, onto_whole_mask(frame), whole_mask(), GrainRegion::kFace);
}

void add_frame_grain(Frame& frame, const GrainModel& grain, std::uint64_t seed) {
  add_grain(frame, onto_whole_mask(frame), whole_mask(), grain, seed);
}

double noise_levels(const GrainModel& grain) {
  if (grain.is_empty()) return 0;
  return 255.0 * std::accumulate(grain.sigma.begin(), grain.sigma.end(), 0.0F) / GrainModel::kLevels;
}

GrainModel changing_noise(const std::vector<PicturePair>& given) {
  GrainModel model;
  const std::vector<PicturePair> pairs = without_repeats(given);
  if (pairs.empty()) return model;
  VariancesByTone by_tone = variances_by_tone(pairs);
  std::vector<float> all;
  for (const std::vector<float>& variances : by_tone) all.insert(all.end(), variances.begin(), variances.end());
  if (all.empty()) return model;
  const float most = kMostOfTheCalm * calm_third(all),
              of_the_least = kOfTheLeast[std::min<std::size_t>(pairs.size(), 5) - 1];
  std::array<int, GrainModel::kLevels> counts{};
  for (int tone = 0; tone < GrainModel::kLevels; ++tone) {
    if (by_tone[tone].size() < kFewestBlocks) continue;
    counts[tone] = static_cast<int>(by_tone[tone].size());
    model.sigma[tone] = std::sqrt(std::min(most, calm_third(by_tone[tone])) / 2 / of_the_least);  // both have it
    model.blocks += counts[tone];
  }
  fill_unseen_tones(model.sigma, counts);
  return model;
}

}  // namespace reelface
