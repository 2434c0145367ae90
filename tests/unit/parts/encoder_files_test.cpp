// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/encoder_files.h"

#include <gtest/gtest.h>

#include "reelface/core/error.h"

namespace reelface {
namespace {

bool is_refused(const std::string& key, const std::string& value) {
  WriteOptions options;
  options.encoder_options = {{"tune", "film"}, {key, value}};
  try {
    refuse_settings_that_name_files(options);
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
    return true;
  }
  return false;
}

TEST(EncoderFiles, SettingsThatNameFilesAreRefused) {
  EXPECT_TRUE(is_refused("stats", "x264.log"));
  EXPECT_TRUE(is_refused("passlogfile", "log"));
  EXPECT_TRUE(is_refused("x264-params", "qp=20:stats=x264.log"));
  EXPECT_TRUE(is_refused("x264opts", "qp=20:stats=a"));
  EXPECT_TRUE(is_refused("x265-params", "csv=table.csv"));
  EXPECT_TRUE(is_refused("x265-params", "crf=20:analysis-save=a.dat"));
  EXPECT_TRUE(is_refused("x265-params", "analysis_save=a.dat"));
  EXPECT_TRUE(is_refused("anything", "/home/anna/film.mkv"));
  EXPECT_TRUE(is_refused("anything", "../film.mkv"));
}

TEST(EncoderFiles, OthersAreNot) {
  EXPECT_FALSE(is_refused("tune", "grain"));
  EXPECT_FALSE(is_refused("x264-params", "qp=20:aq-mode=3"));
  EXPECT_FALSE(is_refused("time_base", "1001/30000"));
  EXPECT_FALSE(is_refused("svtav1-params", "film-grain=8"));
}

}  // namespace
}  // namespace reelface
