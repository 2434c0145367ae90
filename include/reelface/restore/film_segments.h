// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reelface/restore/option_table.h"

namespace reelface {

/// A stretch of a film with settings of its own.
struct FilmSegment {
  std::int64_t first_frame = 0;  ///< counted from the film's first
  std::int64_t end_frame = 0;    ///< the first behind it
  /// Within a shot, so many frames lead over into these settings, and as many back out of them behind the end.
  std::int64_t fade_frames = 12;
  SpelledOptions settings;  ///< in place of the film's; all others are the film's
};

inline bool operator==(const FilmSegment& one, const FilmSegment& other) {
  return one.first_frame == other.first_frame && one.end_frame == other.end_frame &&
         one.fade_frames == other.fade_frames && one.settings == other.settings;
}

/// In the film's order; none lies over another.
using FilmSegments = std::vector<FilmSegment>;

/// The text of a file of segments. Throws Error(kUsage) that names the place: for what is no list of segments, for
/// segments that lie over each other, and for settings that must be the same all along a film.
FilmSegments parse_segments(const std::string& text, const std::string& name);

/// Reads such a file. Files that its settings name lie beside it. Throws Error(kInputUnreadable) as well.
FilmSegments read_segments(const std::string& path);

/// Those of these options; none where they name no file.
FilmSegments segments_of(const RestoreOptions& options);

/// What parse_segments() reads.
std::string segments_text(const FilmSegments& segments);

/// The film's options with the segment's settings in their place. Throws Error(kUsage), naming the segment, where they
/// do not go together.
RestoreOptions options_in(const FilmSegment& segment, RestoreOptions film);

}  // namespace reelface
