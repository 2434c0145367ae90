// SPDX-License-Identifier: Apache-2.0
#include "app/progress_display.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace reelface {
namespace {

TEST(ProgressText, SaysFramesSpeedAndTimeLeft) {
  EXPECT_EQ(progress_text({100, 400, 7, 10.0}), "100 of about 400 frames, 10.0 fps, 7 faces, 0:30 left");
}

TEST(ProgressText, WorksWithoutAnExpectation) {
  EXPECT_EQ(progress_text({25, 0, 0, 1.0}), "25 frames, 25.0 fps");
}

TEST(ProgressText, NeverPromisesLessThanNothing) {
  EXPECT_EQ(progress_text({500, 400, 0, 10.0}), "500 of about 400 frames, 50.0 fps, 0:00 left");
}

TEST(ProgressText, TheLastLineGuessesNothing) {
  EXPECT_EQ(final_progress_text({400, 401, 7, 80.0}), "400 frames in 1:20, 5.0 fps, 7 faces restored");
  EXPECT_EQ(final_progress_text({1, 0, 1, 0.5}), "1 frame in 0:01, 2.0 fps, 1 face restored");
  EXPECT_EQ(final_progress_text({}), "0 frames in 0:00, 0.0 fps");
}

TEST(ProgressJson, IsOneParsableLine) {
  const std::string line = progress_json({100, 400, 7, 10.0}, false);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const auto json = nlohmann::json::parse(line);
  EXPECT_EQ(json["frames"], 100);
  EXPECT_DOUBLE_EQ(json["seconds_left"], 30.0);
  EXPECT_EQ(json["done"], false);
  EXPECT_TRUE(nlohmann::json::parse(progress_json({1, 0, 0, 0}, true))["seconds_left"].is_null());
}

}  // namespace
}  // namespace reelface
