// SPDX-License-Identifier: Apache-2.0
#include "faces/tiled_tracker.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "track_piece.h"

namespace reelface {
namespace {

constexpr double kKeptSeconds = 0.5;
constexpr float kNearSides = 0.08F;  // of a tile's size

bool are_alike(const Box& one, const Box& other) {
  const float x = kNearSides * one.width, y = kNearSides * one.height;
  return std::abs(one.x - other.x) <= x && std::abs(one.y - other.y) <= y &&
         std::abs(one.x + one.width - other.x - other.width) <= x &&
         std::abs(one.y + one.height - other.y - other.height) <= y;
}

bool overlap(const Box& one, const Box& other) {
  const float across = std::min(one.x + one.width, other.x + other.width) - std::max(one.x, other.x);
  const float down = std::min(one.y + one.height, other.y + other.height) - std::max(one.y, other.y);
  return across > kNearSides * one.width && down > kNearSides * one.height;
}

bool contains(const Box& box, const Point& point) {
  return point.x >= box.x && point.x < box.x + box.width && point.y >= box.y && point.y < box.y + box.height;
}

}  // namespace

TiledTracker::TiledTracker(FaceTrackerOptions options) : options_(options) {
  open(std::nullopt, 0);
}

void TiledTracker::open(const std::optional<Box>& place, double time_seconds) {
  rooms_.push_back({next_room_++, place, time_seconds, FaceTracker(options_, next_label_)});
}

void TiledTracker::close(std::size_t number) {
  take(rooms_[number].tracker.flush());
  rooms_.erase(rooms_.begin() + static_cast<std::ptrdiff_t>(number));
}

void TiledTracker::settle_rooms(const std::vector<Box>& tiles, double time_seconds) {
  std::vector<Box> strange;
  for (const Box& tile : tiles) {
    const auto room = std::find_if(rooms_.begin() + 1, rooms_.end(),
                                   [&tile](const Room& known) { return are_alike(tile, *known.place); });
    if (room == rooms_.end()) {
      strange.push_back(tile);
      continue;
    }
    room->place = tile;
    room->seen_seconds = time_seconds;
  }
  for (std::size_t number = rooms_.size() - 1; number > 0; --number) {
    const Room& room = rooms_[number];
    const bool is_lost = time_seconds - room.seen_seconds > kKeptSeconds;
    const bool is_replaced =
        std::any_of(strange.begin(), strange.end(), [&room](const Box& tile) { return overlap(tile, *room.place); });
    if (is_lost || is_replaced) close(number);
  }
  for (const Box& tile : strange) open(tile, time_seconds);
}

TiledTracker::Room& TiledTracker::room_of(const Face& face) {
  const Point centre = face_centre(face);
  const auto room = std::find_if(rooms_.begin() + 1, rooms_.end(),
                                 [&centre](const Room& known) { return contains(*known.place, centre); });
  return room == rooms_.end() ? rooms_.front() : *room;
}

/// What a frame shows of one room.
FrameObservation TiledTracker::part_of(const FrameObservation& all, const Room& room) const {
  FrameObservation part;
  part.frame_index = all.frame_index;
  part.time_seconds = all.time_seconds;
  part.starts_shot = all.starts_shot;
  part.detected = all.detected;
  for (std::size_t number = 0; number < all.faces.size(); ++number) {
    if (lodgings_[number].room == room.id) part.faces.push_back(all.faces[number]);
  }
  for (const FollowedFace& followed : all.followed) {
    if (followed.of < lodgings_.size() && lodgings_[followed.of].room == room.id)
      part.followed.push_back({lodgings_[followed.of].place, followed.face});
  }
  return part;
}

std::vector<FrameTracks> TiledTracker::push(const FrameObservation& observation, const std::vector<Box>& tiles) {
  settle_rooms(tiles, observation.time_seconds);
  if (observation.detected) {
    lodgings_.clear();
    for (const ObservedFace& face : observation.faces) {
      const std::int64_t room = room_of(face.face).id;
      const auto before = std::count_if(lodgings_.begin(), lodgings_.end(),
                                        [room](const Lodging& other) { return other.room == room; });
      lodgings_.push_back({room, static_cast<std::size_t>(before)});
    }
  }
  Waiting frame;
  frame.tracks.frame_index = observation.frame_index;
  frame.tracks.time_seconds = observation.time_seconds;
  frame.tracks.starts_shot = observation.starts_shot;
  frame.rooms = rooms_.size();
  frame.is_one_picture = rooms_.size() == 1;
  waiting_.push_back(std::move(frame));
  for (Room& room : rooms_) take(room.tracker.push(part_of(observation, room)));
  return release();
}

std::vector<FrameTracks> TiledTracker::flush() {
  for (Room& room : rooms_) take(room.tracker.flush());
  return release();
}

void TiledTracker::take(std::vector<FrameTracks> complete) {
  for (FrameTracks& part : complete) {
    const auto frame = std::find_if(waiting_.begin(), waiting_.end(), [&part](const Waiting& waiting) {
      return waiting.tracks.frame_index == part.frame_index;
    });
    --frame->rooms;
    // What ends in one tile goes on in the others.
    if (frame->is_one_picture) frame->tracks.starts_shot = part.starts_shot;
    std::move(part.faces.begin(), part.faces.end(), std::back_inserter(frame->tracks.faces));
  }
}

std::vector<FrameTracks> TiledTracker::release() {
  std::vector<FrameTracks> complete;
  while (!waiting_.empty() && waiting_.front().rooms == 0) {
    FrameTracks& tracks = waiting_.front().tracks;
    if (!waiting_.front().is_one_picture)
      std::stable_sort(tracks.faces.begin(), tracks.faces.end(),
                       [](const TrackedFace& one, const TrackedFace& other) { return one.size_px < other.size_px; });
    complete.push_back(std::move(tracks));
    waiting_.pop_front();
  }
  return complete;
}

}  // namespace reelface
