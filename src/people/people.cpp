// SPDX-License-Identifier: Apache-2.0
#include "people/people.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace reelface {
namespace {

constexpr float kNever = std::numeric_limits<float>::infinity();

bool share_a_frame(const TrackIdentity& one, const TrackIdentity& other) {
  auto first = one.spans.begin();
  auto second = other.spans.begin();
  while (first != one.spans.end() && second != other.spans.end()) {
    if (first->second < second->first)
      ++first;
    else if (second->second < first->first)
      ++second;
    else
      return true;
  }
  return false;
}

/// Groups of tracks, each named by the place of its first one, and how far they are from each other.
class Groups {
 public:
  explicit Groups(const std::vector<const TrackIdentity*>& tracks)
      : count_(tracks.size()),
        distances_(count_ * count_, kNever),
        nearest_(count_),
        weights_(count_),
        group_of_(count_) {
    std::iota(group_of_.begin(), group_of_.end(), std::size_t{0});
    for (std::size_t one = 0; one < count_; ++one) {
      weights_[one] = tracks[one]->confidence;
      for (std::size_t other = 0; other < one; ++other) {
        if (share_a_frame(*tracks[one], *tracks[other])) continue;
        set(one, other, distance_between(tracks[one]->description, tracks[other]->description));
      }
    }
    for (std::size_t group = 0; group < count_; ++group) find_nearest(group);
  }

  /// Joins the two nearest groups; false when none are nearer than `limit`.
  bool join_nearest(float limit) {
    std::size_t best = count_;
    for (std::size_t group = 0; group < count_; ++group) {
      if (group_of_[group] != group || distance(group, nearest_[group]) >= limit) continue;
      if (best == count_ || distance(group, nearest_[group]) < distance(best, nearest_[best])) best = group;
    }
    if (best == count_) return false;
    join(std::min(best, nearest_[best]), std::max(best, nearest_[best]));
    return true;
  }

  std::size_t group_of(std::size_t track) const { return group_of_[track]; }

 private:
  float distance(std::size_t one, std::size_t other) const { return distances_[one * count_ + other]; }
  void set(std::size_t one, std::size_t other, float distance) {
    distances_[one * count_ + other] = distances_[other * count_ + one] = distance;
  }

  void find_nearest(std::size_t group) {
    std::size_t nearest = group;  // as far as can be: the distance to itself is never
    for (std::size_t other = 0; other < count_; ++other) {
      if (distance(group, other) < distance(group, nearest)) nearest = other;
    }
    nearest_[group] = nearest;
  }

  void join(std::size_t kept, std::size_t gone) {
    const double kept_weight = weights_[kept], gone_weight = weights_[gone];
    for (std::size_t other = 0; other < count_; ++other) {
      if (other == kept || other == gone) continue;
      const double mean =
          (kept_weight * distance(kept, other) + gone_weight * distance(gone, other)) / (kept_weight + gone_weight);
      set(kept, other, static_cast<float>(mean));
    }
    for (std::size_t other = 0; other < count_; ++other) set(gone, other, kNever);
    weights_[kept] += gone_weight;
    for (std::size_t& group : group_of_) {
      if (group == gone) group = kept;
    }
    for (std::size_t group = 0; group < count_; ++group) {
      if (group == kept || nearest_[group] == kept || nearest_[group] == gone)
        find_nearest(group);
      else if (distance(group, kept) < distance(group, nearest_[group]))
        nearest_[group] = kept;
    }
  }

  std::size_t count_;
  std::vector<float> distances_;
  std::vector<std::size_t> nearest_;
  std::vector<double> weights_;
  std::vector<std::size_t> group_of_;
};

std::int64_t first_frame(const TrackIdentity& track) {
  return track.spans.empty() ? 0 : track.spans.front().first;
}

}  // namespace

std::vector<std::int64_t> group_people(const std::vector<TrackIdentity>& tracks, const PeopleOptions& options) {
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < tracks.size(); ++place) {
    if (tracks[place].confidence > 0) places.push_back(place);
  }
  std::stable_sort(places.begin(), places.end(), [&](std::size_t one, std::size_t other) {
    return first_frame(tracks[one]) < first_frame(tracks[other]);
  });
  std::vector<const TrackIdentity*> known;
  known.reserve(places.size());
  for (const std::size_t place : places) known.push_back(&tracks[place]);
  Groups groups(known);
  while (groups.join_nearest(static_cast<float>(options.distance))) {
  }
  std::vector<std::int64_t> person_of_group(known.size(), 0), people(tracks.size(), 0);
  std::int64_t next = 1;
  for (std::size_t order = 0; order < known.size(); ++order) {
    std::int64_t& person = person_of_group[groups.group_of(order)];
    if (person == 0) person = next++;
    people[places[order]] = person;
  }
  return people;
}

FaceDescription mean_description(const std::vector<std::pair<FaceDescription, double>>& weighted) {
  std::array<double, 128> sums{};
  double weights = 0;
  for (const auto& [description, weight] : weighted) {
    weights += weight;
    for (std::size_t index = 0; index < sums.size(); ++index) sums[index] += weight * description[index];
  }
  FaceDescription mean{};
  if (weights <= 0) return mean;
  for (std::size_t index = 0; index < sums.size(); ++index) mean[index] = static_cast<float>(sums[index] / weights);
  return mean;
}

}  // namespace reelface
