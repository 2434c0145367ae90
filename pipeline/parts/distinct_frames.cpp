// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/distinct_frames.h"

#include <algorithm>

#include "pipeline/graph/folding_source.h"

namespace reelface {

DistinctFrames::DistinctFrames(const FilmIndex& index, std::size_t frames_per_group, bool folds) : index_(index) {
  RepeatCount repeats;
  std::size_t in_group = frames_per_group;  // the first frame begins one
  for (std::int64_t number = 0; number < index.size(); ++number) {
    if (repeats.repeats(index.frames[at(number)].digest) && folds) {
      if (repeats.count() > kMostRepeats) in_group = frames_per_group;  // what follows such a pause begins another
      continue;
    }
    if (in_group == frames_per_group) {
      groups_.push_back(end());
      in_group = 0;
    }
    frames_.push_back(number);
    ++in_group;
  }
}

std::int64_t DistinctFrames::place_of(std::int64_t frame) const {
  return std::upper_bound(frames_.begin(), frames_.end(), frame) - frames_.begin() - 1;
}

std::int64_t DistinctFrames::group_from(std::int64_t place) const {
  return *(std::upper_bound(groups_.begin(), groups_.end(), place) - 1);
}

std::int64_t DistinctFrames::group_to(std::int64_t place) const {
  const auto group = std::lower_bound(groups_.begin(), groups_.end(), place);
  return group == groups_.end() ? end() : *group;
}

bool RepeatCount::repeats(std::uint64_t digest) {
  const bool is_repeat = any_ && digest == last_;
  count_ = is_repeat ? count_ + 1 : 0;
  any_ = true;
  last_ = digest;
  return is_repeat;
}

}  // namespace reelface
