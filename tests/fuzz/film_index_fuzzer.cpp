// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "pipeline/parts/film_index.h"
#include "reelface/core/error.h"

/// The magic word is given: it is the rest that counts.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const std::string bytes = "reelface index 1\n" + std::string(reinterpret_cast<const char*>(data), size);
    const reelface::FilmIndex index = reelface::index_from_bytes(bytes);
    if (index.frames.size() > size) std::abort();
    for (std::int64_t frame = 0; frame < index.size(); ++frame) {
      volatile double seconds = index.seconds_at(frame);
      static_cast<void>(seconds);
    }
  } catch (const reelface::Error&) {
  }
  return 0;
}
