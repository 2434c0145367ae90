// SPDX-License-Identifier: Apache-2.0
#include "app/progress_display.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

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

/// What is written of a run that is over in no time.
std::string shown_by(ProgressStyle style, bool is_finished = true) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), std::fclose);
  {
    ProgressDisplay display(style, file.get());
    display.show({10, 40, 0, 1.0});
    if (is_finished) display.finish({40, 40, 0, 4.0});
  }
  std::string text(static_cast<std::size_t>(std::ftell(file.get())), ' ');
  std::rewind(file.get());
  text.resize(std::fread(text.data(), 1, text.size(), file.get()));
  return text;
}

TEST(ProgressDisplay, OfAShortRunALogHasTheLastLine) {
  for (const ProgressStyle style : {ProgressStyle::kPlain, ProgressStyle::kAuto}) {
    EXPECT_EQ(shown_by(style), "40 frames in 0:04, 10.0 fps\n");
    EXPECT_EQ(shown_by(style, false), "");
  }
  EXPECT_EQ(shown_by(ProgressStyle::kNone), "");
}

TEST(ProgressDisplay, ProgramsAreToldAtOnce) {
  std::istringstream lines(shown_by(ProgressStyle::kJson));
  std::vector<std::int64_t> frames;
  for (std::string line; std::getline(lines, line);) frames.push_back(nlohmann::json::parse(line).at("frames"));
  EXPECT_EQ(frames, (std::vector<std::int64_t>{10, 40}));
}

TEST(ProgressDisplay, ABarIsWrittenOverAndTheLineClosed) {
  EXPECT_EQ(shown_by(ProgressStyle::kBar),
            "\r[######..................] 10 of about 40 frames, 10.0 fps, 0:03 left\x1b[K"
            "\r[########################] 40 frames in 0:04, 10.0 fps\x1b[K\n");
  EXPECT_EQ(shown_by(ProgressStyle::kBar, false),
            "\r[######..................] 10 of about 40 frames, 10.0 fps, 0:03 left\x1b[K\n");
}

}  // namespace
}  // namespace reelface
