// SPDX-License-Identifier: Apache-2.0
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
/// A device that has no memory for so few pixels has none to speak of.
constexpr std::int64_t kSmallestTile = std::int64_t{256} * 256;

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

[[noreturn]] void refuse(const RgbViewF& picture, const std::string& reason, bool is_last_resort) {
  throw Error(ExitCode::kOutOfMemory,
              "not enough memory to restore a picture of " + std::to_string(picture.width) + "x" +
                  std::to_string(picture.height) +
                  (is_last_resort ? "" : " as a whole, and smaller tiles may round otherwise") + ": " +
                  printable(reason),
              is_last_resort ? "close other programs, use fewer --threads, or leave --clean and --upscale out"
                             : "close other programs, or leave --deterministic out");
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

PictureRestorer::PictureRestorer(std::shared_ptr<const CropNetwork> network, bool is_on_cpu, int threads,
                                 PictureBackOff back_off)
    : PictureRestorer(Place{{network}, pixels_of_tile(*network), is_on_cpu, 1, {}}, threads, std::move(back_off)) {}

PictureRestorer::PictureRestorer(std::vector<std::shared_ptr<const CropNetwork>> networks, int threads,
                                 PictureBackOff back_off)
    : PictureRestorer(Place{networks, pixels_of_tile(*networks.front()), false, 2 * networks.size(), {}}, threads,
                      std::move(back_off)) {}

PictureRestorer::PictureRestorer(Place place, int threads, PictureBackOff back_off)
    : back_off_(std::move(back_off)), turns_(place.networks.size()), for_tiles_(threads) {
  place_ = std::make_shared<const Place>(std::move(place));
}

PictureRestorer::PlacePtr PictureRestorer::place() const {
  const std::lock_guard lock(choosing_);
  return place_;
}

template <class InTiles>
auto PictureRestorer::worked_at(const Place& place, const CropWindow& pictures, const InTiles& in_tiles) const {
  const int width = pictures.front().width, height = pictures.front().height;
  const std::size_t device = calls_++ % place.networks.size();
  const CropNetwork& network = *place.networks[device];
  const TileOptions tiles = tiles_for(width, height, place.pixels_of_tile, network.reach());
  WorkerThreads caller_alone(0);
  if (place.is_on_cpu && tiles.width >= width && tiles.height >= height) return in_tiles(network, tiles, caller_alone);
  const std::lock_guard turn(turns_[device]);
  return in_tiles(network, tiles, place.is_on_cpu ? for_tiles_ : caller_alone);
}

template <class InTiles>
auto PictureRestorer::worked_on(const CropWindow& pictures, const InTiles& in_tiles) const {
  for (;;) {
    const PlacePtr here = place();
    std::string reason;
    // What the failed try had allocated is only given back when the exception is gone.
    try {
      return worked_at(*here, pictures, in_tiles);
    } catch (const DeviceOutOfMemory& error) {
      reason = error.what();
    }
    back_off(here, pictures, reason);
  }
}

void PictureRestorer::back_off(const PlacePtr& from, const CropWindow& pictures, const std::string& reason) const {
  const std::lock_guard lock(choosing_);
  if (place_ != from) return;  // another call has found the same
  if (from->is_on_cpu || back_off_.is_refused) refuse(pictures.front(), reason, from->is_on_cpu);
  Place next = *from;
  const RgbViewF& picture = pictures.front();
  next.pixels_of_tile = std::min(next.pixels_of_tile, std::int64_t{picture.width} * picture.height) / 2;
  if (next.pixels_of_tile >= kSmallestTile) {
    log_warning("out of memory while restoring a picture; going on with tiles of " +
                std::to_string(next.pixels_of_tile / 1000) + ",000 pixels");
  } else {
    if (!back_off_.make_network_on_cpu) refuse(picture, reason, true);
    log_warning("the device has not enough memory to restore whole pictures; going on on the CPU");
    next.networks = {back_off_.make_network_on_cpu()};
    next.pixels_of_tile = pixels_of_tile(*next.networks.front());
    next.is_on_cpu = true;
    next.large_at_once = 1;
    next.fallback = next.networks.front()->description();
  }
  place_ = std::make_shared<const Place>(std::move(next));
}

RgbImageF PictureRestorer::restore(const CropWindow& pictures) const {
  return worked_on(pictures, [&](const CropNetwork& network, const TileOptions& tiles, WorkerThreads& threads) {
    return restore_in_tiles(network, pictures, tiles, threads);
  });
}

BothSizes PictureRestorer::enlarge(const CropWindow& pictures) const {
  return worked_on(pictures, [&](const CropNetwork& network, const TileOptions& tiles, WorkerThreads& threads) {
    return enlarge_in_tiles(network, pictures, tiles, threads);
  });
}

}  // namespace reelface
