#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "inference/engine/crop_network.h"
#include "inference/engine/picture_tiles.h"

namespace reelface {

/// Restores whole pictures of any size with a network that works on them. Large ones are cut into tiles by their size
/// alone, so the result never depends on threads or memory. Thread-safety: safe. On a CPU a small picture is worked on
/// by the calling thread, and several calls run side by side; a large one has `threads` for its tiles, and on other
/// devices, too, calls take turns.
class PictureRestorer {
 public:
  /// `is_on_cpu`: the network takes several calls at a time.
  PictureRestorer(std::shared_ptr<const CropNetwork> network, bool is_on_cpu, int threads);

  ModelTraits traits() const { return network_->traits(); }
  std::string description() const { return network_->description(); }

  /// The middle one of traits().window pictures, which have one size. Throws Error(kOutOfMemory).
  RgbImageF restore(const CropWindow& pictures) const;

  /// The same at both sizes, if traits().scale is above 1: hardly more work than one of them.
  BothSizes enlarge(const CropWindow& pictures) const;

 private:
  /// `in_tiles(options, threads)`, alone or in turn.
  template <class InTiles>
  auto worked_on(const CropWindow& pictures, const InTiles& in_tiles) const;

  std::shared_ptr<const CropNetwork> network_;
  std::int64_t pixels_of_tile_;
  bool is_on_cpu_;
  mutable std::mutex turn_;
  mutable WorkerThreads for_tiles_;
};

/// What restoring pictures of this size takes for the time being, with so many threads: measured on our model.
std::int64_t bytes_of_restoring(int width, int height, int threads, bool enlarges);

/// Whether pictures of this size are cut into several tiles.
bool is_large_picture(int width, int height);

/// The tiles for pictures of this size: as few as keep each below a megapixel or so, or below so many pixels.
TileOptions tiles_for(int width, int height);
TileOptions tiles_for(int width, int height, std::int64_t most_pixels, int overlap);

}  // namespace reelface
