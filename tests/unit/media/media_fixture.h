// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "support/generated_media.h"
#include "support/temporary_folder.h"
#include "unit/media/read_all.h"

namespace reelface::testing {

/// A folder of its own for each test, and the clips most of them start from.
class MediaTest : public ::testing::Test {
 protected:
  std::string file(const std::string& name) const { return folder_.file(name); }

  /// Two seconds, 50 frames with B-frames, and AAC sound with its priming.
  std::string base() const {
    run_ffmpeg(
        "-f lavfi -i testsrc2=s=160x120:r=25:d=2 -f lavfi -i sine=f=440:r=48000:d=2 -c:v libx264 -preset ultrafast "
        "-bf 2 -g 10 -pix_fmt yuv420p -c:a aac " +
        file("base.mp4"));
    return file("base.mp4");
  }

  std::string remux(const std::string& from, const std::string& to, const std::string& options = "") const {
    run_ffmpeg("-i " + quoted(from) + " -c copy " + options + " " + quoted(file(to)));
    return file(to);
  }

  /// A test pattern through one encoder.
  std::string encode(const std::string& pattern, const std::string& options, const std::string& to) const {
    run_ffmpeg("-f lavfi -i \"" + pattern + "\" " + options + " " + quoted(file(to)));
    return file(to);
  }

  TemporaryFolder folder_;
};

/// Runs `action`, which must fail with a reelface::Error, and gives that.
template <class Action>
Error error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error(ExitCode::kDone, "nothing was thrown");
}

}  // namespace reelface::testing
