#include "pipeline/restore/memory_estimate.h"

#include <gtest/gtest.h>

#include "reelface/core/error.h"

namespace reelface {
namespace {

MemoryNeed need_of(int width, int height, const char* format) {
  MemoryNeed need;
  need.read.width = width;
  need.read.height = height;
  need.read.layout = pixel_layout(format);
  need.written = need.read;
  need.frames_alive = 32;
  return need;
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
  faces.restores_faces = true;
  faces.frames_alive = 64;
  faces.knows_people = true;
  EXPECT_NEAR(mebibytes(faces), 1004, 150);
  EXPECT_NEAR(mebibytes(need_of(3840, 2160, "yuv420p")), 1800, 600);
}

TEST(MemoryEstimate, KnowingPeopleNeedsTheDescriptor) {
  // half_body, 720p, four runs with and without the guard: 30 and 52 MiB more.
  MemoryNeed need = need_of(1280, 720, "yuv420p");
  const std::int64_t without = need.bytes();
  need.knows_people = true;
  EXPECT_NEAR(static_cast<double>(need.bytes() - without) / (1 << 20), 41, 15);
}

TEST(MemoryEstimate, LargerPicturesOutNeedMore) {
  MemoryNeed need = need_of(640, 360, "yuv420p");
  const std::int64_t before = need.bytes();
  need.written.width *= 2;
  need.written.height *= 2;
  EXPECT_GT(need.bytes(), before + 32 * bytes_of_frame(need.written));
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
