// SPDX-License-Identifier: Apache-2.0
#include "app/kept_moments.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace reelface {
namespace {

constexpr std::size_t kMostSpread = 8;
constexpr std::size_t kMostRepaired = 10;
constexpr std::int64_t kStretch = 12;  // frames, about half a second: a scratch through them is shown once

}  // namespace

void KeptMoments::expect_first(std::int64_t frame) {
  const std::lock_guard lock(mutex_);
  first_frames_.insert(frame);
}

void KeptMoments::expect_repaired(std::int64_t frame, double share, std::string caption) {
  if (share <= 0) return;
  const std::lock_guard lock(mutex_);
  Heavy& heaviest = heavies_[frame / kStretch];
  if (share > heaviest.share) heaviest = {frame, share, std::move(caption), {}};
  if (heavies_.size() > kMostRepaired) drop_lightest();
}

bool KeptMoments::is_wanted(std::int64_t frame) const {
  const std::lock_guard lock(mutex_);
  return frame % step_ == 0 || first_frames_.count(frame) > 0 || heavy(frame) != nullptr;
}

bool KeptMoments::is_much_repaired(std::int64_t frame) const {
  const std::lock_guard lock(mutex_);
  return heavy(frame) != nullptr;
}

void KeptMoments::keep(std::int64_t frame, KeptMoment moment) {
  const std::lock_guard lock(mutex_);
  if (Heavy* const heaviest = heavy(frame)) heaviest->moment = moment;
  if (first_frames_.count(frame) > 0) firsts_[frame] = moment;
  if (frame % step_ == 0) spread_[frame] = std::move(moment);
  thin_spread();
}

std::vector<ReportPair> KeptMoments::repaired() const {
  std::vector<const Heavy*> heaviest;
  for (const auto& [stretch, heavy] : heavies_) heaviest.push_back(&heavy);
  std::sort(heaviest.begin(), heaviest.end(), [](const Heavy* a, const Heavy* b) { return a->share > b->share; });
  std::vector<ReportPair> pairs;
  for (const Heavy* const heavy : heaviest) {
    if (heavy->moment.after.empty()) continue;
    const KeptMoment& moment = heavy->moment;
    pairs.push_back({"Frame " + std::to_string(heavy->frame), heavy->caption, moment.before, moment.after,
                     moment.repairs, "Input", "Restored", "Repairs"});
  }
  return pairs;
}

void KeptMoments::thin_spread() {
  while (spread_.size() > kMostSpread) {
    step_ *= 2;
    for (auto entry = spread_.begin(); entry != spread_.end();) {
      entry = entry->first % step_ == 0 ? std::next(entry) : spread_.erase(entry);
    }
  }
}

void KeptMoments::drop_lightest() {
  heavies_.erase(std::min_element(heavies_.begin(), heavies_.end(),
                                  [](const auto& a, const auto& b) { return a.second.share < b.second.share; }));
}

KeptMoments::Heavy* KeptMoments::heavy(std::int64_t frame) {
  const auto found = heavies_.find(frame / kStretch);
  return found != heavies_.end() && found->second.frame == frame ? &found->second : nullptr;
}

const KeptMoments::Heavy* KeptMoments::heavy(std::int64_t frame) const {
  const auto found = heavies_.find(frame / kStretch);
  return found != heavies_.end() && found->second.frame == frame ? &found->second : nullptr;
}

}  // namespace reelface
