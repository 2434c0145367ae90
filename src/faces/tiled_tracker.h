// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "faces/face_tracker.h"

namespace reelface {

/// Tracks the faces of each tile of a call as those of a picture of its own, so that nobody becomes whoever comes into
/// the same place. What a FaceTracker says of a film holds of each tile. Without tiles it is one FaceTracker.
///
/// A tile goes on while one of nearly the same sides is found, and for half a second without: then its place is still
/// known, though its sides could not be told. Faces that are in no tile are tracked together.
class TiledTracker {
 public:
  explicit TiledTracker(FaceTrackerOptions options = {});

  /// `tiles`: of this frame, in the coordinates of its faces.
  std::vector<FrameTracks> push(const FrameObservation& observation, const std::vector<Box>& tiles);
  std::vector<FrameTracks> flush();

 private:
  struct Room {
    std::int64_t id = 0;
    std::optional<Box> place;  ///< nothing: wherever no tile is
    double seen_seconds = 0;
    FaceTracker tracker;
  };

  /// A frame of which not all tiles are complete.
  struct Waiting {
    FrameTracks tracks;
    std::size_t rooms = 0;
    bool is_one_picture = true;
  };

  /// A face's room and its place among the faces there.
  struct Lodging {
    std::int64_t room = 0;
    std::size_t place = 0;
  };

  void open(const std::optional<Box>& place, double time_seconds);
  void close(std::size_t number);
  void settle_rooms(const std::vector<Box>& tiles, double time_seconds);
  Room& room_of(const Face& face);
  FrameObservation part_of(const FrameObservation& all, const Room& room) const;
  void take(std::vector<FrameTracks> complete);
  std::vector<FrameTracks> release();

  FaceTrackerOptions options_;
  std::shared_ptr<std::int64_t> next_label_ = std::make_shared<std::int64_t>(1);
  std::int64_t next_room_ = 1;
  std::vector<Room> rooms_;        ///< the first has no place
  std::vector<Lodging> lodgings_;  ///< of the faces of the frame that was looked at last
  std::deque<Waiting> waiting_;
};

}  // namespace reelface
