#include "inference/engine/picture_restorer.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr std::int64_t kMostPixels = std::int64_t{1100} << 10;  // of a tile, without what is shown around it
constexpr int kStep = 16;
/// What lies farther from a pixel changes its result by less than a hundredth of a level.
constexpr int kOverlap = 64;

int divided(int length, int parts) {
  const int part = (length + parts - 1) / parts;
  return (part + kStep - 1) / kStep * kStep;
}

}  // namespace

TileOptions tiles_for(int width, int height) {
  // Strips over the whole width share the fewest borders, until they become too flat.
  int across = 1, down = 1;
  while (std::int64_t{divided(width, across)} * divided(height, down) > kMostPixels) {
    if (divided(height, down) >= divided(width, across) / 2) {
      ++down;
    } else {
      ++across;
    }
  }
  TileOptions options;
  options.width = divided(width, across);
  options.height = divided(height, down);
  options.overlap = kOverlap;
  options.step = kStep;
  return options;
}

PictureRestorer::PictureRestorer(std::shared_ptr<const CropNetwork> network, bool takes_turns)
    : network_(std::move(network)), takes_turns_(takes_turns) {}

RgbImageF PictureRestorer::restore(const CropWindow& pictures) const {
  std::unique_lock<std::mutex> turn(turn_, std::defer_lock);
  if (takes_turns_) turn.lock();
  WorkerThreads caller_alone(0);
  const int width = pictures.front().width, height = pictures.front().height;
  try {
    return restore_in_tiles(*network_, pictures, tiles_for(width, height), caller_alone);
  } catch (const DeviceOutOfMemory& error) {
    throw Error(ExitCode::kOutOfMemory,
                "not enough memory to restore a picture of " + std::to_string(width) + "x" + std::to_string(height) +
                    ": " + printable(error.what()),
                "close other programs, use fewer --threads, or leave --clean out");
  }
}

std::int64_t PictureRestorer::bytes_for(int width, int height) const {
  const TileOptions tiles = tiles_for(width, height);
  const std::int64_t side = network_->crop_size();
  const std::int64_t shown = std::int64_t{std::min(width + kStep, tiles.width + 2 * kOverlap)} *
                             std::min(height + kStep, tiles.height + 2 * kOverlap);
  return network_->bytes_per_crop() * shown / (side * side);
}

}  // namespace reelface
