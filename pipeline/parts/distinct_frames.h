// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pipeline/parts/film_index.h"

namespace reelface {

/// A film's frames as its line sees them: without those that repeat the one before (graph/folding_source), in the
/// groups that are made of the others. Places count frames that differ; the end is the place behind the last.
class DistinctFrames {
 public:
  /// `folds`: false where the line sees every frame. `index` outlives this.
  DistinctFrames(const FilmIndex& index, std::size_t frames_per_group, bool folds);

  std::int64_t end() const { return static_cast<std::int64_t>(frames_.size()); }

  /// The number in the film of the frame at this place, or behind it at the end.
  std::int64_t frame(std::int64_t place) const { return place < end() ? frames_[at(place)] : index_.size(); }
  double seconds(std::int64_t place) const { return index_.seconds_at(frame(place)); }

  /// Where the frame is that this one shows.
  std::int64_t place_of(std::int64_t frame) const;

  /// Where groups begin: the last one at or before this place, the first one at or behind it.
  std::int64_t group_from(std::int64_t place) const;
  std::int64_t group_to(std::int64_t place) const;

 private:
  static std::size_t at(std::int64_t place) { return static_cast<std::size_t>(place); }

  const FilmIndex& index_;
  std::vector<std::int64_t> frames_;
  std::vector<std::int64_t> groups_;  ///< places where they begin
};

/// Counts frames that repeat the one before.
class RepeatCount {
 public:
  /// Whether the frame repeats the one before. Of the first, false.
  bool repeats(std::uint64_t digest);

  /// In a row so far.
  std::size_t count() const { return count_; }

 private:
  bool any_ = false;
  std::uint64_t last_ = 0;
  std::size_t count_ = 0;
};

}  // namespace reelface
