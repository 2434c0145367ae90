// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "reelface/image/affine.h"
#include "reelface/image/frame.h"

namespace reelface {

/// The codes a picture may hold for one component; what lies outside (super-white, sync) is kept but never made.
struct CodeRange {
  double lowest = 0;
  double highest = 255;
};

/// How the code values of one frame and RGB 0..1 belong together. Both ways are linear, so differences convert exactly:
/// rgb = rgb_from_code · (code − black). RGB is in the frame's own transfer and primaries; nothing is linearised.
struct ColourConversion {
  int component_count = 3;  ///< 1 for gray: then only the first column, the first row count
  std::array<double, 3> black{};
  std::array<double, 9> rgb_from_code{};  ///< row by row
  std::array<double, 9> code_from_rgb{};
  std::array<CodeRange, 3> legal{};

  std::array<double, 3> rgb(const std::array<double, 3>& code) const;
  std::array<double, 3> code(const std::array<double, 3>& rgb_values) const;
};

/// From what the file says. Where it says nothing: BT.601 up to 576 lines, BT.709 above; limited range for YUV, full
/// for RGB and gray.
ColourConversion colour_conversion(const FrameFacts& facts);

/// For a picture whose height was changed from `former_height`. Where the file does not name its matrix, the guess
/// depends on the height, here and in players: if the new height would change it, the old guess is written into
/// `facts`.
void keep_guessed_matrix(FrameFacts& facts, int former_height);

/// Frame coordinates (luma samples) to sample coordinates of one component, chroma siting included. Chroma that does
/// not say where it sits is taken as MPEG-2 has it: on the left luma column, between the rows.
Affine frame_to_component(const FrameFacts& facts, int component);

/// Samples of one component: chroma rounds up.
int component_width(const FrameFacts& facts, int component);
int component_height(const FrameFacts& facts, int component);

}  // namespace reelface
