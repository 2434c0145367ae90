// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/sum_list.h"
#include "media/check/file_contents.h"
#include "reelface/core/error.h"

/// The lists that `verify` reads. What is accepted says the same when it is written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    const auto sums = reelface::read_sum_list(text);
    const auto again = reelface::read_sum_list(reelface::sum_list(sums));
    if (again.size() != sums.size()) std::abort();
    for (std::size_t i = 0; i < sums.size(); ++i) {
      if (again[i].name != sums[i].name || again[i].sha256 != sums[i].sha256) std::abort();
    }
  } catch (const reelface::Error&) {
  }
  try {
    reelface::FileContents contents;
    contents.frames = reelface::read_frame_md5_list(text);
    if (reelface::read_frame_md5_list(reelface::frame_md5_list(contents)).size() != contents.frames.size())
      std::abort();
  } catch (const reelface::Error&) {
  }
  return 0;
}
