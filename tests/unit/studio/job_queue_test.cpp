// SPDX-License-Identifier: Apache-2.0
#include "studio/jobs/job_queue.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "reelface/core/error.h"
#include "support/generated_media.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

/// Stands in for `reelface restore INPUT OUTPUT --settings FILE …` and `reelface compare RESTORED --input INPUT --html
/// PAGE …`. Waits while there is a file `wait` beside the input; an input named bad.mkv cannot be restored, and what a
/// file `talkative` holds is said before.
constexpr char kRestorer[] = R"sh(#!/bin/sh
if [ "$1" = compare ]; then
  echo "$@" >> "$(dirname "$2")/calls"
  echo "a page about $(basename "$2") and $(basename "$4")" > "$6"
  exit
fi
input=$2 output=$3 folder=$(dirname "$2")
trap 'echo "reelface: interrupted" >&2; exit 130' INT
echo "$@" >> "$folder/calls"
mkdir "$output.parts" 2> /dev/null
for last; do :; done
case "$last" in *.newest.jpg) echo "a picture" > "$last" ;; esac
echo '{"frames":5,"frames_expected":10,"frames_per_second":2.5,"done":false,"seconds_left":2}' >&2
while [ -e "$folder/wait" ]; do sleep 0.02; done
if [ "$(basename "$input")" = bad.mkv ]; then
  [ ! -e "$folder/talkative" ] || cat "$folder/talkative" >&2
  echo "reelface: it is bad" >&2
  exit 3
fi
cp "$5" "$output"
rmdir "$output.parts"
)sh";

class JobQueueTest : public ::testing::Test {
 protected:
  void SetUp() override {
    testing::write_file(program_, kRestorer);
    fs::permissions(program_, fs::perms::owner_all);
    fs::create_directory(folder_.file("root"));
    testing::write_file(path("a.mkv"), "film");
    testing::write_file(path("bad.mkv"), "film");
    root_ = std::make_unique<RootFolder>(folder_.file("root"));
    begin();
  }

  void TearDown() override {
    let_go();
    if (!queue_) begin();
    for (const ShownJob& shown : queue_->jobs())
      wait_until([&] { return state_of(shown.job.number) != JobState::kRunning; });
    queue_.reset();
  }

  void begin() { queue_ = std::make_unique<JobQueue>(*root_, program_); }
  std::string path(const std::string& name) const { return folder_.file("root/" + name); }
  void hold() const { testing::write_file(path("wait"), ""); }
  void let_go() const { fs::remove(path("wait")); }

  ShownJob job(std::int64_t number) const {
    for (const ShownJob& shown : queue_->jobs()) {
      if (shown.job.number == number) return shown;
    }
    throw std::runtime_error("no such job");
  }
  JobState state_of(std::int64_t number) const { return job(number).job.state; }

  /// Of what other processes do, nobody tells.
  template <class Condition>
  void wait_until(const Condition& condition) const {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!condition()) {
      ASSERT_LT(std::chrono::steady_clock::now(), until) << "in vain";
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  void wait_for(std::int64_t number, JobState state) const {
    wait_until([&] { return state_of(number) == state; });
  }

  testing::TemporaryFolder folder_;
  std::string program_ = folder_.file("restorer");
  std::unique_ptr<RootFolder> root_;
  std::unique_ptr<JobQueue> queue_;
};

TEST_F(JobQueueTest, GivesSegmentsAndPeopleAlong) {
  const std::int64_t number =
      queue_->add("a.mkv", "one.mkv", {}, {{0, 5, 3, {{"strength", {"10"}}}}}, {"/tracks.json", {{2, 4}, {}}});
  wait_for(number, JobState::kDone);
  const std::string segments = path(".reelface-studio/" + std::to_string(number) + ".segments");
  const std::string calls = testing::file_bytes(path("calls"));
  EXPECT_NE(calls.find("--segments " + segments + " --tracks /tracks.json --only-person 2 --only-person 4"),
            std::string::npos)
      << calls;
  EXPECT_EQ(read_segments(segments), (FilmSegments{{0, 5, 3, {{"strength", {"10"}}}}}));
  queue_->forget(number);
  EXPECT_FALSE(fs::exists(segments));
}

TEST_F(JobQueueTest, NothingIsLeftOfAForgottenJobWhateverWasKilled) {
  const std::int64_t number = queue_->add("a.mkv", "one.mkv", {});
  wait_for(number, JobState::kDone);
  const std::string own = ".reelface-studio/", of_job = "." + std::to_string(number);
  for (const std::string& name : {of_job + ".json.20639.part", of_job + ".report.json.20639.1.part"})
    testing::write_file(path(own + name), "half");
  const std::string of_another = of_job + "0.json.20639.part";
  testing::write_file(path(own + of_another), "half");
  queue_->forget(number);
  std::vector<std::string> left;
  for (const fs::directory_entry& entry : fs::directory_iterator(path(own))) left.push_back(entry.path().filename());
  EXPECT_EQ(left, std::vector<std::string>{of_another});
}

TEST_F(JobQueueTest, ARunningJobShowsItsNewestFrame) {
  hold();
  const std::int64_t number = queue_->add("a.mkv", "one.mkv", {});
  wait_until([&] { return job(number).newest > 0; });
  EXPECT_EQ(queue_->newest_picture(number), "a picture\n");
  EXPECT_EQ(queue_->newest_picture(number + 1), "");
  let_go();
  wait_for(number, JobState::kDone);
  EXPECT_EQ(queue_->newest_picture(number), "") << "now there is the film";
  EXPECT_EQ(job(number).newest, 0);
}

TEST_F(JobQueueTest, ComparesWhatIsDoneOnAPage) {
  hold();
  const std::int64_t made = queue_->add("a.mkv", "one.mkv", {});
  EXPECT_THROW(queue_->compare(made), Error) << "not done yet";
  let_go();
  wait_for(made, JobState::kDone);
  const std::int64_t compared = queue_->compare(made), again = queue_->compare(made);
  wait_for(compared, JobState::kDone);
  wait_for(again, JobState::kDone);
  EXPECT_EQ(job(compared).job.output, "one_compared.html");
  EXPECT_EQ(job(again).job.output, "one_compared_2.html");
  EXPECT_EQ(queue_->page(compared), "a page about one.mkv and a.mkv\n");
  EXPECT_EQ(queue_->page(made), "") << "a film is no page";
  EXPECT_THROW(queue_->compare(compared), Error) << "a page is no film";
  fs::remove(path("one_compared.html"));
  fs::create_symlink("/etc/passwd", path("one_compared.html"));
  EXPECT_THROW(queue_->page(compared), Error) << "it leads out of the folder";
}

TEST_F(JobQueueTest, DoesOneAfterTheOther) {
  hold();
  const std::int64_t first = queue_->add("a.mkv", "one.mkv", {{"strength", {"80"}}});
  const std::int64_t second = queue_->add("a.mkv", "two.mkv", {});
  wait_until([&] { return job(first).progress.frames == 5; });
  EXPECT_EQ(job(first).progress.seconds_left, 2);
  EXPECT_EQ(state_of(second), JobState::kWaiting);
  EXPECT_TRUE(queue_->is_any_running());
  let_go();
  wait_for(second, JobState::kDone);
  EXPECT_EQ(state_of(first), JobState::kDone);
  EXPECT_FALSE(queue_->is_any_running());
  EXPECT_NE(testing::file_bytes(path("one.mkv")).find("\"strength\": 80"),
            std::string::npos);  // the settings it was given
}

TEST_F(JobQueueTest, FailuresSayWhyAndHoldNobodyUp) {
  const std::int64_t bad = queue_->add("bad.mkv", "one.mkv", {});
  const std::int64_t good = queue_->add("a.mkv", "two.mkv", {});
  wait_for(good, JobState::kDone);
  EXPECT_EQ(state_of(bad), JobState::kFailed);
  EXPECT_EQ(job(bad).job.reason, "it is bad");
}

TEST_F(JobQueueTest, OfMuchThatIsSaidTheEndCounts) {
  std::string words;
  while (words.size() < 40'000) words += "warning: one of a thousand\n";
  testing::write_file(path("talkative"), words);
  const std::int64_t bad = queue_->add("bad.mkv", "one.mkv", {});
  wait_for(bad, JobState::kFailed);
  EXPECT_EQ(job(bad).job.reason, "it is bad");
}

TEST_F(JobQueueTest, StoppedJobsGoOn) {
  hold();
  const std::int64_t number = queue_->add("a.mkv", "one.mkv", {});
  wait_until([&] { return job(number).progress.frames == 5; });
  queue_->stop(number);
  EXPECT_EQ(state_of(number), JobState::kStopped);
  wait_until([&] { return job(number).job.process == 0; });
  EXPECT_FALSE(fs::exists(path("one.mkv")));
  let_go();
  queue_->go_on(number);
  wait_for(number, JobState::kDone);
}

TEST_F(JobQueueTest, WhatWaitsCanComeNext) {
  hold();
  const std::int64_t first = queue_->add("a.mkv", "one.mkv", {});
  queue_->add("a.mkv", "two.mkv", {});
  const std::int64_t third = queue_->add("a.mkv", "three.mkv", {});
  wait_for(first, JobState::kRunning);
  queue_->do_next(third);
  EXPECT_EQ(queue_->jobs().front().job.number, third);
  queue_->do_next(first);  // it runs already
  queue_.reset();
  begin();  // the order outlives the studio
  EXPECT_EQ(queue_->jobs().front().job.number, third);
  const std::int64_t fourth = queue_->add("a.mkv", "four.mkv", {});
  EXPECT_EQ(queue_->jobs().back().job.number, fourth);
  let_go();
  wait_for(fourth, JobState::kDone);
  const std::string calls = testing::file_bytes(path("calls"));
  EXPECT_LT(calls.find("three.mkv"), calls.find("two.mkv")) << calls;
}

TEST_F(JobQueueTest, WhatRunsCanBeStoppedAtTheEnd) {
  hold();
  const std::int64_t first = queue_->add("a.mkv", "one.mkv", {});
  const std::int64_t second = queue_->add("a.mkv", "two.mkv", {});
  wait_until([&] { return job(first).progress.frames == 5; });
  queue_->stop_running();
  EXPECT_EQ(state_of(first), JobState::kStopped);
  EXPECT_NE(state_of(second), JobState::kStopped);
  let_go();
  wait_for(second, JobState::kDone);
}

TEST_F(JobQueueTest, WhatWaitsCanBeStoppedAndTakenAway) {
  hold();
  const std::int64_t first = queue_->add("a.mkv", "one.mkv", {});
  const std::int64_t second = queue_->add("a.mkv", "two.mkv", {});
  wait_for(first, JobState::kRunning);
  queue_->stop(second);
  EXPECT_THROW(queue_->forget(first), Error);
  queue_->forget(second);
  EXPECT_EQ(queue_->jobs().size(), 1U);
  let_go();
  wait_for(first, JobState::kDone);
  queue_->forget(first);
  EXPECT_TRUE(queue_->jobs().empty());
  EXPECT_TRUE(fs::exists(path("one.mkv")));
  EXPECT_TRUE(fs::is_empty(path(".reelface-studio")));
}

TEST_F(JobQueueTest, RunningJobsOutliveTheQueue) {
  hold();
  const std::int64_t number = queue_->add("a.mkv", "one.mkv", {});
  const std::int64_t waiting = queue_->add("a.mkv", "two.mkv", {});
  wait_until([&] { return job(number).progress.frames == 5; });
  const auto process = static_cast<pid_t>(job(number).job.process);
  queue_.reset();
  EXPECT_EQ(::kill(process, 0), 0);
  begin();
  EXPECT_EQ(state_of(number), JobState::kRunning);
  EXPECT_EQ(job(number).job.process, process);
  let_go();
  wait_for(waiting, JobState::kDone);
  EXPECT_EQ(state_of(number), JobState::kDone);
  EXPECT_EQ(testing::file_bytes(path("calls")).find("one.mkv"),
            testing::file_bytes(path("calls")).rfind("one.mkv"));  // once
}

TEST_F(JobQueueTest, JobsThatEndedWhileNobodyLookedAreDone) {
  hold();
  const std::int64_t number = queue_->add("a.mkv", "one.mkv", {});
  wait_until([&] { return job(number).progress.frames == 5; });
  queue_.reset();
  let_go();
  wait_until([&] { return fs::exists(path("one.mkv")) && !fs::exists(path("one.mkv.parts")); });
  begin();
  wait_for(number, JobState::kDone);
}

TEST_F(JobQueueTest, KilledJobsSaySo) {
  hold();
  const std::int64_t number = queue_->add("a.mkv", "one.mkv", {});
  wait_until([&] { return job(number).progress.frames == 5; });
  ::kill(static_cast<pid_t>(job(number).job.process), SIGKILL);
  wait_for(number, JobState::kFailed);
  EXPECT_NE(job(number).job.reason.find("from outside"), std::string::npos);
  let_go();
  queue_->go_on(number);
  wait_for(number, JobState::kDone);
}

TEST_F(JobQueueTest, OutputsStayInTheFolderAndReplaceNothing) {
  testing::write_file(path("there.mkv"), "mine");
  fs::create_symlink(folder_.file("outside.mkv"), path("link.mkv"));
  fs::create_directory_symlink("..", path("up"));
  for (const char* output : {"there.mkv", "link.mkv", "../out.mkv", "/tmp/out.mkv", "up/out.mkv", "none/out.mkv", "",
                             ".", "..", ".hidden.mkv", "-y", "a.mkv", "a.mkv/x"})
    EXPECT_THROW(queue_->add("a.mkv", output, {}), Error) << output;
  EXPECT_THROW(queue_->add("../restorer", "new.mkv", {}), Error);
  EXPECT_THROW(queue_->add("none.mkv", "new.mkv", {}), Error);
  hold();
  queue_->add("a.mkv", "new.mkv", {});
  EXPECT_THROW(queue_->add("a.mkv", "new.mkv", {}), Error);
  EXPECT_EQ(queue_->jobs().size(), 1U);
}

TEST_F(JobQueueTest, FilmsAreMadeInPartsAndPicturesAtOnce) {
  queue_->add("a.mkv", "film.mkv", {});
  wait_for(queue_->add("a.mkv", "picture.PNG", {}), JobState::kDone);
  const std::string calls = testing::file_bytes(path("calls"));
  const std::size_t second = calls.find('\n');
  EXPECT_NE(calls.substr(0, second).find("--resume"), std::string::npos) << calls;
  EXPECT_EQ(calls.substr(second).find("--resume"), std::string::npos) << calls;
  EXPECT_THROW(queue_->add("a.mkv", "many_%04d.png", {}), Error);
}

TEST_F(JobQueueTest, AFolderOfJobsThatLeadsOutIsNotUsed) {
  fs::create_directory(folder_.file("elsewhere"));
  fs::create_directory_symlink(folder_.file("elsewhere"), path(".reelface-studio"));
  EXPECT_THROW(queue_->add("a.mkv", "new.mkv", {}), Error);
  EXPECT_TRUE(fs::is_empty(folder_.file("elsewhere")));
}

TEST_F(JobQueueTest, TornFilesOfJobsAreLeftOut) {
  const std::int64_t number = queue_->add("a.mkv", "one.mkv", {});
  wait_for(number, JobState::kDone);
  queue_.reset();
  testing::write_file(path(".reelface-studio/99.job"), "{\"job\":");
  testing::write_file(path(".reelface-studio/98.job"),
                      testing::file_bytes(path(".reelface-studio/1.job")));  // says it is 1
  begin();
  EXPECT_EQ(queue_->jobs().size(), 1U);
}

}  // namespace
}  // namespace reelface
