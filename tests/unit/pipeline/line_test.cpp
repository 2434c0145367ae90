// SPDX-License-Identifier: Apache-2.0
#include "reelface/pipeline/line.h"

#include <gtest/gtest.h>

#include <string>

#include "reelface/pipeline/line_outline.h"

namespace reelface {
namespace {

class LineHooks : public ::testing::Test {
 protected:
  LineHooks() {
    line_.add(Stage{"detect", Concurrency::kParallel, saying("detect ")});
    line_.add(LookAhead{"track", nullptr});
    line_.add(Stage{"paste", Concurrency::kParallel, saying("paste ")});
  }

  Line::Work saying(const std::string& word) {
    return [this, word](FrameGroup&) { said_ += word; };
  }

  /// What all stages say, one after the other.
  std::string run() {
    FrameGroup group;
    for (const Step& step : line_.steps()) {
      if (const auto* stage = std::get_if<Stage>(&step)) stage->run(group);
    }
    return said_;
  }

  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const Step& step : line_.steps()) found.push_back(name_of(step));
    return found;
  }

  Line line_;
  std::string said_;
};

TEST_F(LineHooks, RunBeforeAndAfterTheStep) {
  line_.before("paste", saying("before "));
  line_.after("paste", saying("after "));
  EXPECT_EQ(run(), "detect before paste after ");
}

TEST_F(LineHooks, MayTakeTheStepsPlace) {
  line_.around("detect", [this](FrameGroup& group, const Line::Work& detect) {
    said_ += "[";
    detect(group);
    said_ += "] ";
  });
  EXPECT_EQ(run(), "[detect ] paste ");
}

TEST_F(LineHooks, DoNothingWithoutTheStep) {
  line_.before("blend", saying("never "));
  line_.after("track", saying("never "));
  EXPECT_EQ(run(), "detect paste ");
}

TEST_F(LineHooks, GiveAStepThatPassesOnNothingToDo) {
  Line line;
  line.add(Stage{"paste", Concurrency::kParallel, {}});
  bool was_called = false;
  line.around("paste", [&was_called](FrameGroup& group, const Line::Work& paste) {
    paste(group);
    was_called = true;
  });
  FrameGroup group;
  std::get<Stage>(line.steps().front()).run(group);
  EXPECT_TRUE(was_called);
}

TEST_F(LineHooks, InsertASteps) {
  line_.insert_before("paste", Stage{"watch", Concurrency::kSerial, {}});
  line_.insert_before("no such step", Stage{"last", Concurrency::kSerial, {}});
  EXPECT_EQ(names(), (std::vector<std::string>{"detect", "track", "watch", "paste", "last"}));
  EXPECT_TRUE(line_.has("watch"));
  EXPECT_FALSE(line_.has("restore"));
  line_.insert_behind("track", Stage{"keep", Concurrency::kSerial, {}});
  line_.insert_behind("no such step", Stage{"end", Concurrency::kSerial, {}});
  EXPECT_EQ(names(), (std::vector<std::string>{"detect", "track", "keep", "watch", "paste", "last", "end"}));
}

TEST_F(LineHooks, GiveTheStepsBehindOne) {
  EXPECT_EQ(outline_of(line_.behind("track")).size(), 1U);
  EXPECT_TRUE(line_.behind("track").has("paste"));
  EXPECT_TRUE(line_.behind("detect").has("track"));
  EXPECT_TRUE(line_.behind("paste").steps().empty());
  EXPECT_TRUE(line_.behind("no such step").steps().empty());
}

}  // namespace
}  // namespace reelface
