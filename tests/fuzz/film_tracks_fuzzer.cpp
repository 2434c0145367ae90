// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "file_in_memory.h"
#include "json_mutator.h"
#include "reelface/core/error.h"
#include "reelface/restore/film_tracks.h"

/// Faces that are accepted lie somewhere, and an image of them can be cut out.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const FileInMemory file;
  try {
    const auto tracks = reelface::read_film_tracks(file.path_of({reinterpret_cast<const char*>(data), size}));
    for (const reelface::FilmFrame& frame : tracks.frames()) {
      if (!tracks.at(frame.pts)) std::abort();
      for (const reelface::TrackedFace& face : frame.tracks.faces) {
        for (const auto& number : face.alignment.to_template.matrix()) {
          if (!std::isfinite(number)) std::abort();
        }
      }
    }
  } catch (const reelface::Error&) {
  }
  return 0;
}
