// SPDX-License-Identifier: Apache-2.0
// Notes that processes leave in a plan's folder, when something else has left them.
#include <gtest/gtest.h>

#include <fstream>

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
