// SPDX-License-Identifier: Apache-2.0
#include "studio/jobs/job.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

#include "reelface/core/error.h"

namespace reelface {
namespace {

TEST(Job, IsWrittenDownAndReadAgain) {
  Job job;
  job.number = 7;
  job.film = "films/a \"b\".mkv";
  job.output = "new.mkv";
  job.restored = "restored.mkv";
  job.settings = {{"strength", {"80"}}, {"e", {"tune=film", "x=y"}}};
  job.segments = {{0, 5, 3, {{"strength", {"10"}}}}};
  job.people = {"/films/.reelface-studio/people-1.json", {{1, 3}, {}}};
  job.state = JobState::kStopped;
  job.process = 1234;
  job.reason = "it was";
  job.place = -3;
  job.told = {"one", "two"};
  const Job again = job_from_text(to_text(job));
  EXPECT_EQ(again.number, 7);
  EXPECT_EQ(again.film, job.film);
  EXPECT_EQ(again.output, job.output);
  EXPECT_EQ(again.restored, job.restored);
  EXPECT_EQ(again.settings, job.settings);
  EXPECT_EQ(again.segments, job.segments);
  EXPECT_EQ(again.people.tracks_file, job.people.tracks_file);
  EXPECT_EQ(again.people.chosen.only, job.people.chosen.only);
  EXPECT_EQ(again.state, JobState::kStopped);
  EXPECT_EQ(again.process, 1234);
  EXPECT_EQ(again.reason, "it was");
  EXPECT_EQ(again.place, -3);
  EXPECT_EQ(again.told, job.told);
  EXPECT_EQ(to_text(again), to_text(job));
}

TEST(Job, AReportIsToldInAFewLines) {
  EXPECT_EQ(lines_of_report(R"({"run": {"frames": 120, "wall_seconds": 43.4}, "faces": {"seen": 7, "restored": 5},
                                "model": "a network", "warnings": ["something"]})"),
            (std::vector<std::string>{"120 frames in 43 s", "7 faces seen, 5 restored", "Restored by: a network",
                                      "Note: something"}));
  EXPECT_EQ(lines_of_report(R"({"run": {"frames": 1, "wall_seconds": 0}, "faces": {"seen": 0}, "model": "",
                                "warnings": []})"),
            std::vector<std::string>{"1 frames in 0 s"});
  for (const char* text : {"", "[]", "{}", "nonsense", R"({"run": 3})"}) EXPECT_TRUE(lines_of_report(text).empty());
}

TEST(Job, WithoutAPlaceItsNumberIsIts) {
  Job job;
  job.number = 7;
  std::string text = to_text(job);
  const std::string place = ",\n  \"place\": 0";
  ASSERT_NE(text.find(place), std::string::npos) << text;
  text.erase(text.find(place), place.size());
  EXPECT_EQ(job_from_text(text).place, 7);
}

TEST(Job, TornFilesAreRefused) {
  const std::string whole = to_text(Job());
  for (std::size_t length = 0; length + 3 < whole.size(); length += 7)
    EXPECT_THROW(job_from_text(whole.substr(0, length)), Error) << length;
  Job far;
  far.place = std::numeric_limits<std::int64_t>::min();
  EXPECT_THROW(job_from_text(to_text(far)), Error);
  for (const char* text : {"", "null", "[]", "{}", R"({"job": "1"})"}) EXPECT_THROW(job_from_text(text), Error) << text;
}

TEST(Job, ProgressIsTheLastWholeLine) {
  const std::string line =
      R"({"frames":30,"frames_expected":120,"faces":3,"elapsed_seconds":2.0,"frames_per_second":15.0,"done":false,"seconds_left":6.0})";
  const JobProgress progress = progress_in("{\"frames\":1}\nsomething else\n" + line + "\n{\"frames\":9");
  EXPECT_EQ(progress.frames, 30);
  EXPECT_EQ(progress.frames_expected, 120);
  EXPECT_EQ(progress.frames_per_second, 15);
  EXPECT_EQ(progress.seconds_left, 6);
  EXPECT_EQ(progress_in("").frames, 0);
  EXPECT_LT(progress_in("{\"frames\":1,\"seconds_left\":null}\n").seconds_left, 0);
  EXPECT_EQ(progress_in("{\"frames\":\"many\"}\n[[[[\n").frames, 0);
}

TEST(Job, ComplaintsAreTheLastOne) {
  EXPECT_EQ(complaint_in("reelface: first\nreelface: the disk is full\n  try: another disk\n{\"frames\":1}\n"),
            "the disk is full; try: another disk");
  EXPECT_EQ(complaint_in("warning: something\n"), "");
}

}  // namespace
}  // namespace reelface
