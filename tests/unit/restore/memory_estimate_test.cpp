// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/memory_estimate.h"

#include <gtest/gtest.h>

#include <functional>

#include "pipeline/restore/film_run.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

MemoryNeed need_of(int width, int height, const char* format) {
  MemoryNeed need;
  need.read.width = width;
  need.read.height = height;
  need.read.layout = pixel_layout(format);
  need.frames_alive = 32;
  return need;
}

/// The line of a film like this; with the default options unless they are changed.
LineOutline line_for(const FrameFacts& facts, const std::function<void(RestoreOptions&)>& change = {}) {
  VideoInfo video;
  video.width = facts.width;
  video.height = facts.height;
  video.layout = facts.layout;
  video.frame_rate = {25, 1};
  RestoreOptions options;
  if (change) change(options);
  return outline_of_restoring(options, video);
}

void without_guard(RestoreOptions& options) {
  options.identity.guard = false;
}

TEST(MemoryEstimate, KnowsTheSizeOfFrames) {
  EXPECT_NEAR(static_cast<double>(bytes_of_frame(need_of(1920, 1080, "yuv420p").read)), 1920 * 1080 * 1.5, 8000);
  EXPECT_NEAR(static_cast<double>(bytes_of_frame(need_of(1920, 1080, "yuv422p10le").read)), 1920 * 1080 * 4, 20000);
  EXPECT_NEAR(static_cast<double>(bytes_of_frame(need_of(1920, 1080, "gray").read)), 1920 * 1080, 8000);
  EXPECT_NEAR(static_cast<double>(bytes_of_frame(need_of(1920, 1080, "bgra").read)), 1920 * 1080 * 4, 20000);
}

TEST(MemoryEstimate, AgreesWithWhatWasMeasured) {
  const auto mebibytes = [](const MemoryNeed& need) { return static_cast<double>(need.bytes()) / (1 << 20); };
  EXPECT_NEAR(mebibytes(need_of(320, 180, "yuv420p")), 92, 40);
  EXPECT_NEAR(mebibytes(need_of(1280, 720, "yuv420p")), 318, 60);
  EXPECT_NEAR(mebibytes(need_of(1920, 1080, "yuv420p")), 598, 100);
  MemoryNeed faces = need_of(1920, 1080, "yuv420p");
  faces.line = line_for(faces.read);
  faces.frames_alive = 64;
  EXPECT_NEAR(mebibytes(faces), 1004, 150);
  EXPECT_NEAR(mebibytes(need_of(3840, 2160, "yuv420p")), 1800, 600);
}

/// What the process had at most when it transcoded six seconds with libx264 as it usually is.
TEST(MemoryEstimate, EveryThreadHoldsFrames) {
  struct Measured {
    int width, height, threads;
    double mebibytes;
  };
  for (const Measured& run : {Measured{320, 180, 2, 100}, Measured{1280, 720, 1, 294}, Measured{1280, 720, 2, 368},
                              Measured{1280, 720, 4, 409}, Measured{1280, 720, 8, 506}, Measured{1920, 1080, 1, 519},
                              Measured{1920, 1080, 2, 656}, Measured{1920, 1080, 4, 788}}) {
    VideoInfo video;
    video.width = run.width;
    video.height = run.height;
    video.layout = pixel_layout("yuv420p");
    video.frame_rate = {25, 1};
    const MemoryNeed need = memory_need({}, video, graph_limits(run.threads));
    const double estimate = static_cast<double>(need.bytes()) / (1 << 20);
    EXPECT_NEAR(estimate / run.mebibytes, 1, run.width < 640 ? 0.33 : 0.1) << run.width << ", " << run.threads;
  }
}

TEST(MemoryEstimate, KnowingPeopleNeedsTheDescriptor) {
  // half_body, 720p, four runs with and without the guard: 30 and 52 MiB more.
  MemoryNeed need = need_of(1280, 720, "yuv420p");
  need.line = line_for(need.read, without_guard);
  const std::int64_t without = need.bytes();
  need.line = line_for(need.read);
  EXPECT_NEAR(static_cast<double>(need.bytes() - without) / (1 << 20), 41, 15);
}

TEST(MemoryEstimate, LargerPicturesOutNeedMore) {
  MemoryNeed need = need_of(640, 360, "yuv420p");
  const std::int64_t before = need.bytes();
  need.line = line_for(need.read, [](RestoreOptions& options) {
    options.model.model = "none";
    options.enlarge.factor = 2;
  });
  const FrameFacts written = facts_behind(need.line, need.read);
  EXPECT_EQ(written.width, 2 * 640);
  EXPECT_EQ(written.height, 2 * 360);
  EXPECT_GT(need.bytes(), before + 32 * bytes_of_frame(written));
}

TEST(MemoryEstimate, ComparingKeepsTheOriginals) {
  MemoryNeed need = need_of(1280, 720, "yuv420p");
  need.line = line_for(need.read);
  const std::int64_t before = need.bytes();
  need.line = line_for(need.read, [](RestoreOptions& options) { options.picture.compare = CompareMode::kSplit; });
  EXPECT_EQ(need.bytes(), before + 32 * bytes_of_frame(need.read));
}

TEST(MemoryEstimate, RefusesWhatDoesNotFit) {
  const MemoryNeed need = need_of(1920, 1080, "yuv420p");
  check_memory(need, 0);
  check_memory(need, need.bytes());
  try {
    check_memory(need, need.bytes() - 1);
    ADD_FAILURE() << "more than allowed";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kOutOfMemory);
  }
}

}  // namespace
}  // namespace reelface
