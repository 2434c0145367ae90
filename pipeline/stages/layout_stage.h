// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <vector>

#include "reelface/image/affine.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// What a frame of a recorded call is made of.
struct LayoutWork {
  cv::Mat screens;  ///< must stay as read: CV_8U, as large as the frame, 255 there; whole chroma samples
  std::vector<PictureArea>
      tiles;  ///< pictures of cameras, of whole chroma samples; none where the frame is one picture
};

/// What is looked for.
struct LayoutSought {
  bool screens = true;
  bool tiles = true;
};

/// Finds it, behind the step of cuts.
LookAhead make_layout_stage(LayoutSought sought, std::size_t frames_per_group);

/// Gives screens back what steps for the whole picture have changed of them.
Stage make_leave_screens_stage();

/// The area of a frame's screens; null where none is shown.
const cv::Mat* area_of_screens(const FrameJob& job);

/// The parts of a frame that are pictures of their own: the tiles of a call, or else all of it but black bars; none
/// where a screen takes all of it.
std::vector<PictureArea> pictures_in(const FrameJob& job);

/// The tiles of a call; none where the frame is one picture.
std::vector<PictureArea> tiles_in(const FrameJob& job);

/// Whether there is room for a picture beside tiles and screens: a camera that has stopped is no tile.
bool has_room_beside_tiles(const FrameJob& job);

bool contains(const PictureArea& area, const Position& point);

/// The tile in which a point of the frame lies, or else all of its picture.
PictureArea picture_around(const FrameJob& job, const Position& point);

}  // namespace reelface
