// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/worker_threads.h"
#include "inference/engine/crop_network.h"

namespace reelface {

struct Rectangle {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

/// A part of a picture that a network is shown, and the part of that whose result counts.
struct Tile {
  Rectangle shown;
  Rectangle kept;  ///< inside `shown`, in the picture's coordinates
};

struct TileOptions {
  int width = 512;    ///< of what is kept of a tile, at most
  int height = 512;   ///< likewise
  int overlap = 256;  ///< shown around it, where the picture goes on: as far as the network looks, or seams show
  int step = 16;      ///< of the network; the three above are multiples of it
  int batch = 1;      ///< tiles of one size that the network sees at once
};

/// The tiles of a picture whose sides are multiples of the step, by size. What is kept of them covers it once.
std::vector<Tile> cut_into_tiles(int width, int height, const TileOptions& options);

/// The middle one of pictures of any one size, restored tile by tile on the threads. Sides that are no multiple of the
/// step are made one by repeating the picture mirrored, at right and below. The result never depends on the threads,
/// nor on how the picture is cut where the overlap reaches as far as view_radius() says. Throws
/// DeviceOutOfMemory.
RgbImageF restore_in_tiles(const CropNetwork& network, const CropWindow& pictures, const TileOptions& options,
                           WorkerThreads& threads);

/// The same at both sizes, by a network that enlarges.
BothSizes enlarge_in_tiles(const CropNetwork& network, const CropWindow& pictures, const TileOptions& options,
                           WorkerThreads& threads);

}  // namespace reelface
