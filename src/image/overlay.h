// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>

#include "reelface/image/affine.h"
#include "reelface/image/frame.h"
#include "reelface/image/mask_image.h"

// What `--compare` shows. Everything is drawn into the frame's own format; coordinates are the frame's stored ones.
namespace reelface {

using RgbColour = std::array<double, 3>;  ///< 0..1, in the frame's own transfer

/// Both pictures beside each other as the viewer sees them (below each other in storage where the picture is shown
/// turned). The place of the second is rounded up so that its chroma samples fit.
FrameFacts side_by_side_facts(const FrameFacts& facts);
Frame side_by_side(const Frame& before, const Frame& after);

/// The left half before, the right half after, with a line between.
Frame split_view(const Frame& before, const Frame& after);

/// What was taken away: their difference around the middle of each component. Formats and sizes are equal.
Frame difference_view(const Frame& before, const Frame& after);

void draw_line(Frame& frame, Position from, Position to, double thickness, const RgbColour& colour);

/// A closed line through the corners of the crop that `frame_to_crop` cuts out.
void draw_crop_outline(Frame& frame, const Affine& frame_to_crop, int crop_size, double thickness,
                       const RgbColour& colour);

/// Digits as lines, in a box with its left top corner at `corner`. Negative numbers get a minus.
void draw_number(Frame& frame, Position corner, double height, int number, const RgbColour& colour);

/// A line of digits, colons, points, minus signs and spaces, light on a dark edge, so that it can be read on any
/// picture. `corner` and `height` are on a page, such as the picture as it is shown, which `page_to_frame` places.
void draw_digits(Frame& frame, const Affine& page_to_frame, Position corner, double height, const std::string& text);

/// Colours the masked part of a face.
void tint_mask(Frame& frame, const Affine& frame_to_crop, const MaskImage& mask, double opacity,
               const RgbColour& colour);

}  // namespace reelface
