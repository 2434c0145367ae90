// SPDX-License-Identifier: Apache-2.0
// Restores every face of one photo with the embedded model.
#include <cstdio>

#include "reelface/core/error.h"
#include "reelface/restore/restore_video.h"

int main(int argument_count, char** arguments) {
  if (argument_count != 3) return std::fprintf(stderr, "usage: restore_photo INPUT OUTPUT\n"), 2;
  try {
    reelface::RestoreOptions options;
    options.input = arguments[1];
    options.output = arguments[2];
    options.write.overwrite = true;
    const reelface::RestoreReport report = reelface::restore_video(options);
    for (const reelface::TrackReport& face : report.tracks) {
      std::printf("a face of about %.0f pixels, strength %.2f\n", face.mean_size_px, face.mean_strength);
    }
    return report.tracks.empty() ? 1 : 0;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "%s\n  try: %s\n", reelface::describe(exception).c_str(),
                 reelface::advice_of(exception).c_str());
    return static_cast<int>(reelface::exit_code_of(exception));
  }
}
