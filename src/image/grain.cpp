// SPDX-License-Identifier: Apache-2.0
#include "image/grain.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "noise_blocks.h"

namespace reelface {
namespace {

int level_index(float level) {
  return std::clamp(static_cast<int>(level * GrainModel::kLevels), 0, GrainModel::kLevels - 1);
}

/// Both distances: stripes of every second line, as in interlaced pictures, are equal two lines apart.
float unrest(const BlockNoise& block) {
  return block.nearby + block.further;
}

bool is_calmer(const BlockNoise& a, const BlockNoise& b) {
  return unrest(a) < unrest(b);
}

/// The calmest third: everything busier is taken for texture.
std::vector<BlockNoise> calmest(std::vector<BlockNoise> blocks) {
  const std::size_t kept = (blocks.size() + 2) / 3;
  std::nth_element(blocks.begin(), blocks.begin() + static_cast<std::ptrdiff_t>(kept), blocks.end(), is_calmer);
  blocks.resize(kept);
  return blocks;
}

/// A level that shows nothing but texture would pass for coarse grain: grain differs less between levels than this.
std::vector<BlockNoise> without_texture(std::vector<BlockNoise> blocks) {
  constexpr float kLargestRatio = 4;  // of variances
  if (blocks.empty()) return blocks;
  const auto calm = blocks.begin() + static_cast<std::ptrdiff_t>(blocks.size() / 6);
  std::nth_element(blocks.begin(), calm, blocks.end(), is_calmer);
  const float nearby = kLargestRatio * calm->nearby + 1e-6F;
  const float further = kLargestRatio * calm->further + 1e-6F;
  const auto is_texture = [=](const BlockNoise& block) { return block.nearby > nearby || block.further > further; };
  blocks.erase(std::remove_if(blocks.begin(), blocks.end(), is_texture), blocks.end());
  return blocks;
}

/// Blocks of pure noise differ by chance, the more the fewer independent samples they hold, and the calmest third is
/// the lower end of that chance: what its mean variance has to be multiplied with.
float selection_bias(float correlation) {
  const float independent = 50 * (1 - correlation);
  const float spread = std::sqrt(2 / independent);
  return 1 / (1 - 0.87F * std::min(spread, 0.6F));
}

/// nearby/further = 1/(1 + q + q² + q³) for noise whose correlation falls like a bell with distance.
float correlation_of(float ratio) {
  float low = 0;
  float high = 0.95F;
  for (int i = 0; i < 24; ++i) {
    const float q = (low + high) / 2;
    (1 / (1 + q + q * q + q * q * q) > ratio ? low : high) = q;
  }
  return (low + high) / 2;
}

}  // namespace

void fill_unseen_tones(std::array<float, GrainModel::kLevels>& sigma,
                       const std::array<int, GrainModel::kLevels>& counts) {
  const std::array<float, GrainModel::kLevels> seen = sigma;
  for (int level = 0; level < GrainModel::kLevels; ++level) {
    int best = -1;
    for (int other = 0; other < GrainModel::kLevels; ++other) {
      if (counts[other] > 0 && (best < 0 || std::abs(other - level) < std::abs(best - level))) best = other;
    }
    if (best >= 0) sigma[level] = seen[best];
  }
}

GrainModel measure_grain(const Frame& frame, const Affine& frame_to_crop, const MaskImage& mask, GrainRegion region) {
  std::array<std::vector<BlockNoise>, GrainModel::kLevels> by_level;
  for (const BlockNoise& block : without_texture(noise_of_blocks(frame, frame_to_crop, mask, region))) {
    by_level[level_index(block.level)].push_back(block);
  }
  GrainModel model;
  std::array<int, GrainModel::kLevels> counts{};
  std::array<float, GrainModel::kLevels> nearby{};
  float all_nearby = 0;
  float all_further = 0;
  for (int level = 0; level < GrainModel::kLevels; ++level) {
    constexpr std::size_t kFewest = 4;
    if (by_level[level].size() < kFewest) continue;
    for (const BlockNoise& block : calmest(by_level[level])) {
      nearby[level] += block.nearby;
      all_nearby += block.nearby;
      all_further += block.further;
      ++counts[level];
    }
    model.blocks += counts[level];
  }
  if (model.blocks == 0) return model;
  model.correlation = all_further > 0 ? correlation_of(all_nearby / all_further) : 0;
  const float bias = selection_bias(model.correlation);
  for (int level = 0; level < GrainModel::kLevels; ++level) {
    const auto count = static_cast<float>(counts[level]);
    if (count > 0) model.sigma[level] = std::sqrt(bias * nearby[level] / count / (2 * (1 - model.correlation)));
  }
  fill_unseen_tones(model.sigma, counts);
  return model;
}

GrainModel missing_grain(const GrainModel& surroundings, const GrainModel& face_before, const GrainModel& face_after) {
  GrainModel missing;
  missing.blocks = std::min({surroundings.blocks, face_before.blocks, face_after.blocks});
  // Of few blocks even the calmest may be texture, and another in the next frame: grain that comes and goes.
  constexpr float kNothing = 8, kAll = 24;
  const float trust = std::clamp((static_cast<float>(missing.blocks) - kNothing) / (kAll - kNothing), 0.0F, 1.0F);
  if (surroundings.is_empty() || face_before.is_empty() || face_after.is_empty()) return missing;
  for (int level = 0; level < GrainModel::kLevels; ++level) {
    const float wanted = std::min(surroundings.sigma[level], face_before.sigma[level]);
    const float present = face_after.sigma[level];
    missing.sigma[level] = trust * std::sqrt(std::max(wanted * wanted - present * present, 0.0F));
  }
  missing.correlation = surroundings.correlation;
  return missing;
}

std::uint64_t content_seed(const RgbViewF& crop) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (int y = 0; y < crop.height; ++y) {
    const float* row = crop.samples + y * crop.row_stride;
    for (int i = 0; i < 3 * crop.width; ++i) {
      std::uint32_t bits = 0;
      std::memcpy(&bits, row + i, sizeof bits);
      hash = (hash ^ bits) * 0x100000001B3ULL;
    }
  }
  return hash;
}

}  // namespace reelface
