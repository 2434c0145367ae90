// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "pipeline/parts/film_index.h"
#include "reelface/restore/film_segments.h"

namespace reelface {

/// Frames for which the same settings hold: those of a segment, or the film's.
struct SettingsSpan {
  std::int64_t first_frame = 0;
  std::int64_t end_frame = 0;
  std::optional<std::size_t> segment;  ///< none: the film's
  std::int64_t fade_end = 0;           ///< up to here frames lead over from the settings before; first_frame: none do
  std::optional<std::size_t> before;   ///< whose settings those are; none: the film's

  std::int64_t fade_frames() const { return fade_end - first_frame; }
  /// How much of a frame follows these settings; the rest is as the settings before would have it.
  double share_at(std::int64_t frame) const;
};

/// The film's frames, all of them, dealt out to spans. Where a shot begins nothing is led over. What segments say of
/// frames behind the last is left out.
std::vector<SettingsSpan> spans_of(const FilmSegments& segments, const FilmIndex& index);

/// The one with this frame.
const SettingsSpan& span_at(const std::vector<SettingsSpan>& spans, std::int64_t frame);

/// Throws Error(kUsage) for a segment that reaches behind the film's end.
void check_segments_fit(const FilmSegments& segments, std::int64_t frames);

/// The options that hold for a span; `segment` is one of its two.
RestoreOptions options_in_span(const RestoreOptions& film, const FilmSegments& segments,
                               const std::optional<std::size_t>& segment);

}  // namespace reelface
