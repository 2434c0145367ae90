// SPDX-License-Identifier: Apache-2.0
// Notes that processes leave in a plan's folder, when something else has left them.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "core/clock.h"
#include "pipeline/parts/part_folder.h"
#include "reelface/parts/film_parts.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

constexpr const char* kWrong[] = {"",
                                  "[]",
                                  "null",
                                  "{",
                                  "{\"worker\":7,\"frames_done\":\"many\",\"updated\":[],\"reason\":{}}",
                                  "{\"worker\":null,\"frames_done\":1e300,\"updated\":true,\"reason\":false}",
                                  "{\"frames_done\":-5,\"updated\":\"now\",\"reason\":[\"a\"]}",
                                  "{\"frames_done\":18446744073709551615}"};

class PartNotes : public ::testing::Test {
 protected:
  void leave(const std::string& ending, const std::string& text) const {
    std::ofstream(part_path(folder_.path().string(), 0) + ending, std::ios::binary) << text;
  }

  testing::TemporaryFolder folder_;
};

TEST_F(PartNotes, OfTheWrongKindSayNothing) {
  for (const char* text : kWrong) {
    leave(".failed", text);
    leave(".somebody.running", text);
    const auto reason = failure_of(folder_.path(), 0);
    ASSERT_TRUE(reason) << text;  // that it failed is told by the note's being there
    for (const WorkerNote& note : running_notes(folder_.path(), 0)) {
      EXPECT_EQ(note.worker, "") << text;
      EXPECT_EQ(note.frames_done, 0) << text;
      EXPECT_FALSE(note.is_alive) << text;
    }
  }
}

/// Workers of several machines share a folder; each tells which of them is gone by these names.
TEST_F(PartNotes, NameTheMachineAndTheProcess) {
  std::ifstream kernel("/proc/sys/kernel/hostname");
  std::string machine;
  if (!std::getline(kernel, machine)) GTEST_SKIP() << "this system does not tell its name in a file";
  EXPECT_EQ(this_worker(), machine + ":" + std::to_string(getpid()));
}

TEST_F(PartNotes, OfAProcessThatIsGoneAreKnownAsSuch) {
  const auto leave_note_of = [&](const std::string& worker, double updated) {
    leave(".somebody.running",
          "{\"worker\":\"" + worker + "\",\"frames_done\":1,\"updated\":" + std::to_string(updated) + "}");
    return running_notes(folder_.path(), 0).at(0).is_alive;
  };
  const std::string here = this_worker().substr(0, this_worker().rfind(':') + 1);
  const pid_t gone = fork();
  if (gone == 0) _exit(0);
  ASSERT_EQ(waitpid(gone, nullptr, 0), gone);
  EXPECT_FALSE(leave_note_of(here + std::to_string(gone), system_seconds())) << "here, processes are asked";
  EXPECT_TRUE(leave_note_of(this_worker(), 0)) << "however long it says nothing";
  EXPECT_TRUE(leave_note_of("elsewhere:1", system_seconds())) << "on other machines the clock tells";
  EXPECT_FALSE(leave_note_of("elsewhere:1", system_seconds() - 3600));
}

TEST_F(PartNotes, OfOursAreUnderstood) {
  note_failure(folder_.path(), 0, "the disk is full", 4);
  EXPECT_EQ(failure_of(folder_.path(), 0), "the disk is full (" + this_worker() + ")");
  const RunningNote note(folder_.path(), 0);
  const auto notes = running_notes(folder_.path(), 0);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].worker, this_worker());
  EXPECT_TRUE(notes[0].is_alive);
}

}  // namespace
}  // namespace reelface
