// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "json_mutator.h"
#include "reelface/core/error.h"
#include "reelface/restore/film_segments.h"

/// Segments that are accepted are in order, and say the same again when they are written down.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  reelface::FilmSegments segments;
  try {
    segments = reelface::parse_segments({reinterpret_cast<const char*>(data), size}, "fuzzed");
  } catch (const reelface::Error&) {
    return 0;
  }
  std::int64_t next = 0;
  for (const reelface::FilmSegment& segment : segments) {
    if (segment.first_frame < next || segment.end_frame <= segment.first_frame) std::abort();
    next = segment.end_frame;
  }
  if (reelface::parse_segments(reelface::segments_text(segments), "again") != segments) std::abort();
  return 0;
}
