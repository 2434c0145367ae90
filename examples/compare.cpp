// SPDX-License-Identifier: Apache-2.0
// How close two videos or pictures are, frame by frame.
#include <cstdio>

#include "reelface/core/error.h"
#include "reelface/image/frame_picture.h"
#include "reelface/measure/fidelity.h"
#include "reelface/media/video_reader.h"

namespace {

/// The next frame, past units that carry packets only.
std::optional<reelface::Frame> next_frame(reelface::VideoReader& reader) {
  while (auto unit = reader.next()) {
    if (unit->frame) return std::move(unit->frame);
  }
  return std::nullopt;
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 3) return std::fprintf(stderr, "usage: compare FILE REFERENCE\n"), 2;
  try {
    reelface::VideoReader first(arguments[1]), second(arguments[2]);
    double error = 0;
    int frames = 0;
    while (true) {
      const auto left = next_frame(first), right = next_frame(second);
      if (!left || !right) {
        if (left || right) std::printf("one has more frames than the other\n");
        break;
      }
      error +=
          reelface::mean_squared_error(reelface::frame_picture(*left).view(), reelface::frame_picture(*right).view());
      ++frames;
    }
    std::printf("%d frames, %.2f dB\n", frames, reelface::psnr_from_error(error / frames, 1.0));
    return frames > 0 ? 0 : 1;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "%s\n", reelface::describe(exception).c_str());
    return static_cast<int>(reelface::exit_code_of(exception));
  }
}
