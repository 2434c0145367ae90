// SPDX-License-Identifier: Apache-2.0
#include "studio/films/damage_looks.h"

#include <optional>

#include "pipeline/parts/film_index.h"

namespace reelface {
namespace {

// Twice as many as are looked at: old films often have every frame twice.
constexpr std::int64_t kFramesOfAPlace = 6;
// Frames of a place come close together; where some never do, the others need not wait for them.
constexpr std::int64_t kMostBehind = 200;

}  // namespace

void DamageLooks::see(std::int64_t number, const Frame& frame) {
  std::int64_t place = 0;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    place = number / looks_.step() * looks_.step();
  }
  if (number - place >= kFramesOfAPlace) return;
  std::optional<DamagePart> part = part_for_damage(frame);
  if (!part) return;
  const std::uint64_t digest = digest_of(part->picture->frame());
  std::vector<DamagePart> three;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    waiting_.erase(waiting_.begin(), waiting_.lower_bound(place - kMostBehind));
    Place& frames = waiting_[place];
    frames[number] = {digest, std::move(*part)};
    if (frames.size() < kFramesOfAPlace) return;
    three = first_that_differ(std::move(frames));
    waiting_.erase(place);
  }
  if (three.size() < kFramesOfADamageLook) return;
  const std::optional<DamageLook> look = look_for_damage({three[0], three[1], three[2]});
  if (!look) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  looks_.keep(place, *look);
}

std::vector<DamagePart> DamageLooks::first_that_differ(Place&& place) {
  std::vector<DamagePart> parts;
  std::uint64_t last = 0;
  for (auto& [number, waiting] : place) {
    if (!parts.empty() && waiting.digest == last) continue;
    last = waiting.digest;
    parts.push_back(std::move(waiting.part));
    if (parts.size() == kFramesOfADamageLook) break;
  }
  return parts;
}

std::map<std::int64_t, DamageLook> DamageLooks::looks() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return looks_.values();
}

}  // namespace reelface
