#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "inference/engine/crop_network.h"
#include "inference/engine/picture_tiles.h"

namespace reelface {

/// Restores whole pictures of any size with a network that works on them. Large ones are cut into tiles by their size
/// alone, so the result never depends on threads or memory. Thread-safety: safe; on a CPU each call runs on its own
/// thread, on other devices one after the other.
class PictureRestorer {
 public:
  /// `takes_turns`: the network takes one call at a time.
  PictureRestorer(std::shared_ptr<const CropNetwork> network, bool takes_turns);

  ModelTraits traits() const { return network_->traits(); }
  std::string description() const { return network_->description(); }

  /// The middle one of traits().window pictures, which have one size. Throws Error(kOutOfMemory).
  RgbImageF restore(const CropWindow& pictures) const;

  /// Roughly what restoring a picture of this size needs for the time being.
  std::int64_t bytes_for(int width, int height) const;

 private:
  std::shared_ptr<const CropNetwork> network_;
  bool takes_turns_;
  mutable std::mutex turn_;
};

/// The tiles for pictures of this size: as few as keep each below a megapixel or so.
TileOptions tiles_for(int width, int height);

}  // namespace reelface
