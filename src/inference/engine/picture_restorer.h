// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "inference/engine/crop_network.h"
#include "inference/engine/picture_tiles.h"

namespace reelface {

/// What a restorer of whole pictures does when a device has not enough memory for one.
struct PictureBackOff {
  bool is_refused = false;  ///< fail at once: smaller tiles and other devices give other pixels
  std::function<std::unique_ptr<const CropNetwork>()> make_network_on_cpu;  ///< empty: there is nowhere else to go
};

/// Restores whole pictures of any size with a network that works on them. Large ones are cut into tiles by their size
/// alone, so the result never depends on threads. When a device's memory runs out it goes on with smaller tiles, for
/// good, and at last on the CPU. Thread-safety: safe. On a CPU a small picture is worked on by the calling thread, and
/// several calls run side by side; a large one has `threads` for its tiles, and calls take turns. On other devices they
/// take turns at each.
class PictureRestorer {
 public:
  /// `is_on_cpu`: the network takes several calls at a time, and there is no other memory to go to.
  PictureRestorer(std::shared_ptr<const CropNetwork> network, bool is_on_cpu, int threads,
                  PictureBackOff back_off = {});

  /// One network on each of one or several devices other than a CPU, which give the same pixels.
  PictureRestorer(std::vector<std::shared_ptr<const CropNetwork>> networks, int threads, PictureBackOff back_off);

  ModelTraits traits() const { return place()->networks.front()->traits(); }
  std::string description() const { return place()->networks.front()->description(); }

  /// How many large pictures to restore at once: on a CPU one, which has all cores. Devices are kept busy by two each,
  /// since a picture is prepared on the CPU.
  std::size_t large_at_once() const { return place()->large_at_once; }

  /// What restores since the device's memory ran out; empty as a rule.
  std::string fallback() const { return place()->fallback; }

  /// The middle one of traits().window pictures, which have one size. Throws Error(kOutOfMemory).
  RgbImageF restore(const CropWindow& pictures) const;

  /// The same at both sizes, if traits().scale is above 1: hardly more work than one of them.
  BothSizes enlarge(const CropWindow& pictures) const;

 private:
  /// Where pictures are worked on; it never changes, another takes its place.
  struct Place {
    std::vector<std::shared_ptr<const CropNetwork>> networks;
    std::int64_t pixels_of_tile = 0;
    bool is_on_cpu = true;
    std::size_t large_at_once = 1;
    std::string fallback;
  };
  using PlacePtr = std::shared_ptr<const Place>;

  PlacePtr place() const;

  /// `in_tiles(network, options, threads)`, alone or in turn, and again elsewhere when memory has run out.
  template <class InTiles>
  auto worked_on(const CropWindow& pictures, const InTiles& in_tiles) const;
  template <class InTiles>
  auto worked_at(const Place& place, const CropWindow& pictures, const InTiles& in_tiles) const;

  PictureRestorer(Place place, int threads, PictureBackOff back_off);

  void back_off(const PlacePtr& from, const CropWindow& pictures, const std::string& reason) const;

  PictureBackOff back_off_;
  mutable std::mutex choosing_;
  mutable PlacePtr place_;
  mutable std::vector<std::mutex> turns_;  ///< one for each of the networks at first
  mutable std::atomic<std::size_t> calls_{0};
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
