#include "inference/engine/picture_restorer.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr std::int64_t kFeatures = 210;  // bytes for a pixel, of our model
constexpr std::int64_t kMostBytes =
    (std::int64_t{1100} << 10) * kFeatures;  // of a tile, without what is shown around it
constexpr int kStep = 16;
/// What lies farther from a pixel changes our model's result by 0.03 levels (root mean square), which no eye sees at a
/// seam.
constexpr int kOverlap = 96;

int divided(int length, int parts) {
  const int part = (length + parts - 1) / parts;
  return (part + kStep - 1) / kStep * kStep;
}

/// What looks at little around a pixel loses nothing by small tiles, which keep both the memory low and the cores busy.
std::int64_t pixels_of_tile(const CropNetwork& network) {
  constexpr std::int64_t kMostOfUpscaler = std::int64_t{40} << 20;
  if (!network.only_enlarges()) return kMostBytes / kFeatures;
  const std::int64_t side = network.crop_size();
  return kMostOfUpscaler / std::max<std::int64_t>(1, network.bytes_per_crop() / (side * side));
}

}  // namespace

TileOptions tiles_for(int width, int height) {
  return tiles_for(width, height, kMostBytes / kFeatures, kOverlap);
}

TileOptions tiles_for(int width, int height, std::int64_t most_pixels, int overlap) {
  // Strips over the whole width share the fewest borders, until they become too flat.
  int across = 1, down = 1;
  while (std::int64_t{divided(width, across)} * divided(height, down) >
         std::max(most_pixels, std::int64_t{kStep} * kStep)) {
    if (divided(height, down) >= divided(width, across) / 2) {
      ++down;
    } else {
      ++across;
    }
  }
  TileOptions options;
  options.width = divided(width, across);
  options.height = divided(height, down);
  options.overlap = divided(overlap, 1);
  options.step = kStep;
  return options;
}

std::int64_t bytes_of_restoring(int width, int height, int threads, bool enlarges) {
  constexpr std::int64_t kPicture = 12, kEnlarged = 96;  // bytes for a pixel
  const TileOptions tiles = tiles_for(width, height);
  const std::int64_t shown =
      std::int64_t{std::min(width, tiles.width + 2 * kOverlap)} * std::min(height, tiles.height + 2 * kOverlap);
  return threads * shown * (kFeatures + kPicture + (enlarges ? kEnlarged : 0));
}

bool is_large_picture(int width, int height) {
  const TileOptions tiles = tiles_for(width, height);
  return tiles.width < width || tiles.height < height;
}

PictureRestorer::PictureRestorer(std::shared_ptr<const CropNetwork> network, bool is_on_cpu, int threads)
    : network_(std::move(network)),
      pixels_of_tile_(pixels_of_tile(*network_)),
      is_on_cpu_(is_on_cpu),
      for_tiles_(is_on_cpu ? threads : 0) {}

template <class InTiles>
auto PictureRestorer::worked_on(const CropWindow& pictures, const InTiles& in_tiles) const {
  const int width = pictures.front().width, height = pictures.front().height;
  const TileOptions tiles = tiles_for(width, height, pixels_of_tile_, network_->reach());
  try {
    if (is_on_cpu_ && tiles.width >= width && tiles.height >= height) {
      WorkerThreads caller_alone(0);
      return in_tiles(tiles, caller_alone);
    }
    const std::lock_guard turn(turn_);
    return in_tiles(tiles, for_tiles_);
  } catch (const DeviceOutOfMemory& error) {
    throw Error(ExitCode::kOutOfMemory,
                "not enough memory to restore a picture of " + std::to_string(width) + "x" + std::to_string(height) +
                    ": " + printable(error.what()),
                "close other programs, use fewer --threads, or leave --clean out");
  }
}

RgbImageF PictureRestorer::restore(const CropWindow& pictures) const {
  return worked_on(pictures, [&](const TileOptions& tiles, WorkerThreads& threads) {
    return restore_in_tiles(*network_, pictures, tiles, threads);
  });
}

BothSizes PictureRestorer::enlarge(const CropWindow& pictures) const {
  return worked_on(pictures, [&](const TileOptions& tiles, WorkerThreads& threads) {
    return enlarge_in_tiles(*network_, pictures, tiles, threads);
  });
}

}  // namespace reelface
