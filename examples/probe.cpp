// SPDX-License-Identifier: Apache-2.0
// Says what is in a media file.
#include <cstdio>

#include "reelface/core/error.h"
#include "reelface/media/video_reader.h"

int main(int argument_count, char** arguments) {
  if (argument_count != 2) return std::fprintf(stderr, "usage: probe FILE\n"), 2;
  try {
    const reelface::MediaInfo info = reelface::probe(arguments[1]);
    const reelface::VideoInfo& video = info.video;
    std::printf("%s: %s, %dx%d, %s, %.3f s, about %lld frames\n", arguments[1], video.codec.c_str(), video.width,
                video.height, video.layout.name.c_str(), info.duration_seconds,
                static_cast<long long>(video.expected_frames));
    for (const reelface::StreamInfo& stream : info.streams) {
      std::printf("  stream %d: %s %s\n", stream.index, stream.codec.c_str(), stream.language.c_str());
    }
    return 0;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "%s\n", reelface::describe(exception).c_str());
    return static_cast<int>(reelface::exit_code_of(exception));
  }
}
