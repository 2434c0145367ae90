// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "reelface/core/rgb_image.h"
#include "reelface/image/affine.h"
#include "reelface/image/frame.h"
#include "reelface/image/mask_image.h"

namespace reelface {

/// What the noise of a part of a picture is like. A value: the caller may average it over time.
struct GrainModel {
  static constexpr int kLevels = 8;
  std::array<float, kLevels> sigma{};  ///< by brightness from black to white; of luma 0..1
  float correlation = 0;               ///< of neighbouring samples, 0 = every sample for itself
  int blocks = 0;                      ///< how many flat blocks it was measured on; below ~12 it says little

  bool is_empty() const { return blocks == 0; }
};

/// Tones that were not seen take the value of the nearest that was. `counts`: how often each was seen.
void fill_unseen_tones(std::array<float, GrainModel::kLevels>& sigma,
                       const std::array<int, GrainModel::kLevels>& counts);

enum class GrainRegion { kFace, kSurroundings };

/// Measures luma noise in flat blocks, so that texture is not mistaken for it: where the mask is nearly 1, or around
/// the face where it is 0.
GrainModel measure_grain(const Frame& frame, const Affine& frame_to_crop, const MaskImage& mask, GrainRegion region);

/// The noise that has to be added so that a restored face fits its surroundings: never more than the face had before.
/// Empty if one of them could not be measured; less where they were measured on few blocks, as around small faces.
GrainModel missing_grain(const GrainModel& surroundings, const GrainModel& face_before, const GrainModel& face_after);

/// How much of what the frame has and the crop was too coarse to show is noise of this kind, 0..1: what
/// PasteOptions::fine_noise_removal may take away without taking detail. 0 where the crop is as fine as the frame.
double fine_noise_share(const Frame& frame, const Affine& frame_to_crop, const RgbViewF& crop, const MaskImage& mask,
                        const GrainModel& face);

/// Adds noise of this kind to the luma of the masked part, in the frame's own format. The same seed gives the same
/// noise.
void add_grain(Frame& frame, const Affine& frame_to_crop, const MaskImage& mask, const GrainModel& grain,
               std::uint64_t seed);

/// A seed made of what the input shows: grain moves like the film's own, and stands still where the picture does.
std::uint64_t content_seed(const RgbViewF& crop);

}  // namespace reelface
