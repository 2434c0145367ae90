// SPDX-License-Identifier: Apache-2.0
#include "media/encode/quiet_encoders.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "reelface/media/video_reader.h"
#include "reelface/media/video_writer.h"
#include "support/scoped_environment.h"
#include "support/temporary_folder.h"
#include "unit/media/rewrite.h"

namespace reelface {
namespace {

/// Films overlap in one process, and somebody always reads the environment: changing it would pull it from under them.
TEST(QuietEncoders, AreSetUpWithoutTouchingTheEnvironment) {
  const testing::TemporaryFolder folder;
  testing::run_ffmpeg("-f lavfi -i testsrc2=s=160x120:r=25:d=0.2 -c:v ffv1 " + folder.file("in.mkv"));
  const testing::ScopedEnvironment unset("SVT_LOG", std::nullopt);
  const VideoReader reader(folder.file("in.mkv"));
  plan_output(reader, folder.file("out.mkv"), testing::with_codec("libsvtav1"));
  EXPECT_EQ(std::getenv("SVT_LOG"), nullptr);
}

TEST(QuietEncoders, LeaveTheUsersChoice) {
  {
    const testing::ScopedEnvironment chosen("SVT_LOG", "4");
    quiet_encoders();
    EXPECT_STREQ(std::getenv("SVT_LOG"), "4");
  }
  const testing::ScopedEnvironment unset("SVT_LOG", std::nullopt);
  quiet_encoders();
  EXPECT_STREQ(std::getenv("SVT_LOG"), "1");
}

}  // namespace
}  // namespace reelface
