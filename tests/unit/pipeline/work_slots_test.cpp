// SPDX-License-Identifier: Apache-2.0
#include "reelface/pipeline/work_slots.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

struct Brightness {
  int value = 3;
};
struct Motion {
  int value = 5;
};

TEST(WorkSlots, HoldOneOfEachKind) {
  WorkSlots slots;
  EXPECT_EQ(slots.get<Brightness>(), nullptr);
  slots.make<Brightness>().value = 7;
  slots.make<Motion>();
  ASSERT_NE(slots.get<Brightness>(), nullptr);
  EXPECT_EQ(slots.get<Brightness>()->value, 7);
  EXPECT_EQ(slots.get<Motion>()->value, 5);
}

TEST(WorkSlots, MakingAnewForgets) {
  WorkSlots slots;
  slots.make<Brightness>().value = 7;
  slots.make<Motion>();
  slots.make<Brightness>();
  EXPECT_EQ(slots.get<Brightness>()->value, 3);
  EXPECT_NE(slots.get<Motion>(), nullptr);
}

TEST(WorkSlots, WhatIsSharedOutlivesTheFrame) {
  std::shared_ptr<Brightness> kept;
  {
    WorkSlots slots;
    slots.make<Brightness>().value = 7;
    kept = slots.share<Brightness>();
    EXPECT_EQ(kept.get(), slots.get<Brightness>());
    EXPECT_EQ(slots.share<Motion>(), nullptr);
  }
  EXPECT_EQ(kept->value, 7);
}

TEST(WorkSlots, LetGoOfOneOrAll) {
  WorkSlots slots;
  slots.make<Brightness>();
  slots.make<Motion>();
  slots.drop<Brightness>();
  EXPECT_EQ(slots.get<Brightness>(), nullptr);
  EXPECT_NE(slots.get<Motion>(), nullptr);
  slots.clear();
  EXPECT_EQ(slots.get<Motion>(), nullptr);
}

}  // namespace
}  // namespace reelface
