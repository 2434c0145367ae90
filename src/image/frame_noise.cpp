// SPDX-License-Identifier: Apache-2.0
#include "image/frame_noise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
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

struct Block {
  int left = 0, top = 0;
  int tone = 0;
};

std::vector<Block> blocks_of(RgbViewF picture) {
  std::vector<Block> blocks;
  for (int y = 0; y + kBlock <= picture.height; y += kBlock) {
    for (int x = 0; x + kBlock <= picture.width; x += kBlock) {
      if (variance_of_luma(picture, x, y) <= kFlat) continue;
      const int tone = static_cast<int>(mean_luma(picture, x, y) * GrainModel::kLevels);
      blocks.push_back({x, y, std::clamp(tone, 0, GrainModel::kLevels - 1)});
    }
  }
  return blocks;
}

bool is_repeat(const PicturePair& pair) {
  for (int y = 0; y < pair.one.height; ++y) {
    const float *one = pair.one.samples + y * pair.one.row_stride,
                *other = pair.other.samples + y * pair.other.row_stride;
    if (!std::equal(one, one + std::ptrdiff_t{3} * pair.one.width, other)) return false;
  }
  return true;
}

/// What changes between two frames: in each block, by the pair that changes least.
struct Change {
  std::vector<float> variances;  ///< of the blocks, in their order
  std::size_t pairs = 0;
  float calm = 0;  ///< where little changes
};

Change change_between(const ComparedFrames& frames, const std::vector<Block>& blocks) {
  Change change;
  for (const PicturePair& pair : frames) {
    if (is_repeat(pair)) continue;
    change.variances.resize(blocks.size(), std::numeric_limits<float>::max());
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const float variance = variance_of_change(pair.one, pair.other, blocks[i].left, blocks[i].top);
      change.variances[i] = std::min(change.variances[i], variance);
    }
    ++change.pairs;
  }
  if (change.variances.empty()) return change;
  std::vector<float> sorted = change.variances;
  change.calm = calm_third(sorted);
  return change;
}

/// All that is known of each block. Frames that are shown twice are compressed a little differently each time.
Change without_repeats(const std::vector<Change>& changes) {
  constexpr float kOfARepeat = 0.1F;  // of the variance of others: less than a third of their noise
  float calmest = 0;
  for (const Change& change : changes) calmest = std::max(calmest, change.calm);
  Change all;
  for (const Change& change : changes) {
    if (change.pairs == 0 || change.calm < kOfARepeat * calmest) continue;
    all.variances.resize(change.variances.size(), std::numeric_limits<float>::max());
    for (std::size_t i = 0; i < change.variances.size(); ++i)
      all.variances[i] = std::min(all.variances[i], change.variances[i]);
    all.pairs += change.pairs;
  }
  return all;
}

using VariancesByTone = std::array<std::vector<float>, GrainModel::kLevels>;

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

GrainModel changing_noise(const std::vector<ComparedFrames>& given) {
  GrainModel model;
  if (given.empty()) return model;
  const std::vector<Block> blocks = blocks_of(given.front().front().one);
  std::vector<Change> changes;
  changes.reserve(given.size());
  for (const ComparedFrames& frames : given) changes.push_back(change_between(frames, blocks));
  Change change = without_repeats(changes);
  if (change.variances.empty()) return model;
  VariancesByTone by_tone;
  for (std::size_t i = 0; i < blocks.size(); ++i) by_tone[blocks[i].tone].push_back(change.variances[i]);
  const float most = kMostOfTheCalm * calm_third(change.variances),
              of_the_least = kOfTheLeast[std::min<std::size_t>(change.pairs, 5) - 1];
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

GrainModel settled_noise(const std::vector<GrainModel>& frames) {
  constexpr double kOfARepeat = 0.33;
  std::vector<double> levels;
  for (const GrainModel& frame : frames) {
    if (!frame.is_empty()) levels.push_back(noise_levels(frame));
  }
  GrainModel settled;
  if (levels.empty()) return settled;
  // By what most frames have: where one in two is shown twice, the upper half is left.
  const auto usual = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() * 3 / 4);
  std::nth_element(levels.begin(), usual, levels.end());
  float count = 0;
  for (const GrainModel& frame : frames) {
    if (frame.is_empty() || noise_levels(frame) < kOfARepeat * *usual) continue;
    for (int tone = 0; tone < GrainModel::kLevels; ++tone) settled.sigma[tone] += frame.sigma[tone];
    settled.correlation += frame.correlation;
    settled.blocks += frame.blocks;
    ++count;
  }
  for (float& sigma : settled.sigma) sigma /= count;
  settled.correlation /= count;
  return settled;
}

}  // namespace reelface
