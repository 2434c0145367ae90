// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "motion/moving_picture.h"

namespace reelface {

/// As much of a frame as it takes to tell how damaged it is.
struct DamagePart {
  SharedPicture picture;
  double parts_of_frame = 1;  ///< how many such parts would cover the frame
};

/// Nothing: such frames are not looked at.
std::optional<DamagePart> part_for_damage(const Frame& frame);

/// Dirt is in one frame and not in those beside it.
inline constexpr std::size_t kFramesOfADamageLook = 3;

struct DamageLook {
  double noise = 0;   ///< levels of 0..255, of what changes from frame to frame
  double specks = 0;  ///< on a frame
};

/// Of the frame in the middle. Nothing where the frames do not belong together.
std::optional<DamageLook> look_for_damage(const std::array<DamagePart, kFramesOfADamageLook>& frames);

/// Of one look, at work.
std::int64_t bytes_of_damage_look(const FrameFacts& facts);

/// Clean films have up to 0.1 specks on a frame, old ones two and more; what has less grain than this is as cameras and
/// codecs leave it, and what comes and goes in it is something that moves.
inline constexpr double kSpecksOfOldFilm = 0.5, kGrainOfOldFilm = 1.2;

inline bool is_as_old_film(const DamageLook& look) {
  return look.specks >= kSpecksOfOldFilm && look.noise >= kGrainOfOldFilm;
}

}  // namespace reelface
