// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reelface/image/frame.h"
#include "reelface/parts/film_plan.h"

namespace reelface {

/// What the look-over found out about one frame.
struct IndexedFrame {
  std::int64_t pts = 0;
  std::int64_t duration = 0;
  std::uint64_t digest = 0;  ///< of its samples
  bool starts_shot = false;
};

/// Every frame of the film. A part that begins in the middle proves by it that it decodes the same frames at the same
/// times as one run from the beginning would.
struct FilmIndex {
  Rational time_base{1, 1};
  std::vector<IndexedFrame> frames;

  double seconds_at(std::int64_t frame) const {
    return seconds(frames[static_cast<std::size_t>(frame)].pts, time_base);
  }
  std::int64_t size() const { return static_cast<std::int64_t>(frames.size()); }
};

/// Writes the index whole or not at all; returns its SHA-256.
std::string save_index(const FilmIndex& index, const std::string& path);

/// Throws Error(kUsage) for what save_index() has not written.
FilmIndex index_from_bytes(const std::string& bytes);

/// Throws Error(kUsage) if the file is not the one with this SHA-256.
FilmIndex load_index(const std::string& path, const std::string& sha256);

/// The index that lies beside the plan. Throws Error(kUsage) if it does not belong to it.
FilmIndex index_of(const std::string& folder, const FilmPlan& plan);

/// Of the samples as they are stored, and of what decides about restoring them.
std::uint64_t digest_of(const Frame& frame);

}  // namespace reelface
