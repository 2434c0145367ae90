// SPDX-License-Identifier: Apache-2.0
#include "reelface/restore/restore_options.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "core/thread_count.h"
#include "reelface/core/error.h"
#include "reelface/restore/analyze_video.h"

namespace reelface {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

RestoreOptions good_options() {
  RestoreOptions options;
  options.input = "in.mkv";
  options.output = "out.mkv";
  return options;
}

ExitCode code_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_FALSE(error.advice().empty()) << error.what();
    return error.exit_code();
  }
  return ExitCode::kDone;
}

using Change = std::function<void(RestoreOptions&, double)>;

/// All that is a number with a point, and whether an analysis knows it.
struct Number {
  const char* name;
  bool is_of_analysis;
  Change set;
};

const Number kNumbers[] = {
    {"window", true, [](RestoreOptions& options, double value) { options.time.window_seconds = value; }},
    {"min face", true, [](RestoreOptions& options, double value) { options.faces.min_face_pixels = value; }},
    {"max face", true, [](RestoreOptions& options, double value) { options.faces.max_face_pixels = value; }},
    {"detector score", true, [](RestoreOptions& options, double value) { options.faces.detector_score = value; }},
    {"reference distance", true,
     [](RestoreOptions& options, double value) { options.faces.reference_distance = value; }},
    {"start", true, [](RestoreOptions& options, double value) { options.read.range.from_seconds = value; }},
    {"end", true, [](RestoreOptions& options, double value) { options.read.range.to_seconds = value; }},
    {"strength", false, [](RestoreOptions& options, double value) { options.model.strength_percent = value; }},
    {"identity limit", false, [](RestoreOptions& options, double value) { options.identity.limit = value; }},
};

TEST(RestoreOptions, WhatIsNoNumberIsRefused) {
  for (const Number& number : kNumbers) {
    for (const double value : {kNan, kInfinity, -kInfinity, -1.0}) {
      RestoreOptions options = good_options();
      number.set(options, value);
      EXPECT_EQ(code_of([&] { check(options); }), ExitCode::kUsage) << number.name << " " << value;
      const ExitCode expected = number.is_of_analysis ? ExitCode::kUsage : ExitCode::kDone;
      EXPECT_EQ(code_of([&] { check_analysis(options); }), expected) << number.name << " " << value;
    }
  }
}

TEST(RestoreOptions, CountsHaveBounds) {
  const std::function<void(RestoreOptions&)> wrong[] = {
      [](RestoreOptions& options) { options.faces.detect_every = 0; },
      [](RestoreOptions& options) { options.run.threads = -1; },
      [](RestoreOptions& options) { options.run.threads = kMostThreads + 1; },
      [](RestoreOptions& options) { options.run.batch = 1 << 30; },
      [](RestoreOptions& options) { options.run.max_memory_bytes = -1; },
      [](RestoreOptions& options) {
        options.read.frame_rate = Rational{0, 1000};
      },
      [](RestoreOptions& options) {
        options.read.frame_rate = Rational{std::int64_t{1} << 40, std::int64_t{1} << 36};
      },
      [](RestoreOptions& options) {
        options.read.frame_rate = Rational{100'000, 1};
      },
  };
  for (const auto& change : wrong) {
    RestoreOptions options = good_options();
    change(options);
    EXPECT_EQ(code_of([&] { check(options); }), ExitCode::kUsage);
    EXPECT_EQ(code_of([&] { check_analysis(options); }), ExitCode::kUsage);
  }
  check(good_options());
}

TEST(RestoreOptions, AnAnalysisNeedsNoOutput) {
  RestoreOptions options = good_options();
  options.output.clear();
  check_analysis(options);
  EXPECT_EQ(code_of([&] { check(options); }), ExitCode::kUsage);
}

TEST(RestoreOptions, AnAnalysisChecksThemBeforeItReads) {
  RestoreOptions options = good_options();
  options.input = "/there/is/no/film.mkv";
  EXPECT_EQ(code_of([&] { analyze_video(options); }), ExitCode::kInputUnreadable);
  options.faces.detect_every = 0;
  EXPECT_EQ(code_of([&] { analyze_video(options); }), ExitCode::kUsage);
}

}  // namespace
}  // namespace reelface
