// SPDX-License-Identifier: Apache-2.0
// Restores a video and shows how far it is; Ctrl-C closes a valid part file.
#include <csignal>
#include <cstdio>

#include "reelface/core/error.h"
#include "reelface/restore/restore_video.h"

namespace {

reelface::CancelToken cancel;  // a signal handler reaches nothing but static storage

void on_interrupt(int) {
  cancel.request(reelface::CancelLevel::kFinish);
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 3) return std::fprintf(stderr, "usage: restore_video INPUT OUTPUT\n"), 2;
  std::signal(SIGINT, on_interrupt);
  try {
    reelface::RestoreOptions options;
    options.input = arguments[1];
    options.output = arguments[2];
    options.write.overwrite = true;
    options.write.codec = "libx264";
    options.write.crf = 18;
    options.time.window_seconds = 0.5;
    const auto show = [](const reelface::RestoreProgress& progress) {
      std::fprintf(stderr, "\r%lld frames, %lld faces", static_cast<long long>(progress.frames_done),
                   static_cast<long long>(progress.faces_restored));
    };
    const reelface::RestoreReport report = reelface::restore_video(options, show, &cancel);
    std::fprintf(stderr, "\n");
    std::printf("%s: %lld frames with %s\n", report.output.path.c_str(), static_cast<long long>(report.output.frames),
                report.model.c_str());
    return report.interrupted ? 130 : 0;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "\n%s\n", reelface::describe(exception).c_str());
    return static_cast<int>(reelface::exit_code_of(exception));
  }
}
