// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/part_reading.h"

namespace reelface {

ReadOptions near_part(ReadOptions film, const ReadExtent& extent, const FilmIndex& index, const PlannedPart& part) {
  const double origin = static_cast<double>(extent.time_origin_microseconds) / 1e6;
  film.range = {};
  film.time_origin_microseconds = extent.time_origin_microseconds;
  const double from = index.seconds_at(part.read_from) + origin;
  if (from > 0) film.range.from_seconds = from;
  film.range.to_seconds = extent.to_seconds;
  // The last frame's duration and a decoder's last frames need a look at what follows.
  if (part.read_to + kFramesReadBehind < index.size())
    film.range.to_seconds = index.seconds_at(part.read_to + kFramesReadBehind) + origin;
  return film;
}

}  // namespace reelface
