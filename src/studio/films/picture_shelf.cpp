// SPDX-License-Identifier: Apache-2.0
#include "studio/films/picture_shelf.h"

namespace reelface {

std::shared_ptr<const ShownPicture> PictureShelf::find(const std::string& key) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = places_.find(key);
  if (found == places_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->second;
}

void PictureShelf::keep(const std::string& key, std::shared_ptr<const ShownPicture> picture) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (places_.count(key) > 0) return;
  bytes_ += picture->png.size();
  entries_.emplace_front(key, std::move(picture));
  places_[key] = entries_.begin();
  while (bytes_ > most_bytes_ && entries_.size() > 1) {
    bytes_ -= entries_.back().second->png.size();
    places_.erase(entries_.back().first);
    entries_.pop_back();
  }
}

}  // namespace reelface
