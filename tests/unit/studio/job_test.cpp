#include "studio/jobs/job.h"

#include <gtest/gtest.h>

#include "reelface/core/error.h"

namespace reelface {
namespace {

TEST(Job, IsWrittenDownAndReadAgain) {
  Job job;
  job.number = 7;
  job.film = "films/a \"b\".mkv";
  job.output = "new.mkv";
  job.settings = {{"strength", {"80"}}, {"e", {"tune=film", "x=y"}}};
  job.state = JobState::kStopped;
  job.process = 1234;
  job.reason = "it was";
  const Job again = job_from_text(to_text(job));
  EXPECT_EQ(again.number, 7);
  EXPECT_EQ(again.film, job.film);
  EXPECT_EQ(again.output, job.output);
  EXPECT_EQ(again.settings, job.settings);
  EXPECT_EQ(again.state, JobState::kStopped);
  EXPECT_EQ(again.process, 1234);
  EXPECT_EQ(again.reason, "it was");
  EXPECT_EQ(to_text(again), to_text(job));
}

TEST(Job, TornFilesAreRefused) {
  const std::string whole = to_text(Job());
  for (std::size_t length = 0; length + 3 < whole.size(); length += 7)
    EXPECT_THROW(job_from_text(whole.substr(0, length)), Error) << length;
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
