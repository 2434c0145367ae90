// SPDX-License-Identifier: Apache-2.0
#include "media/formats/quick_time_language.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

TEST(QuickTimeLanguage, SpellsAsLibavDoes) {
  EXPECT_EQ(quick_time_language("eng"), "eng");
  EXPECT_EQ(quick_time_language("swe"), "sve");
  EXPECT_EQ(quick_time_language("deu"), "ger");
  EXPECT_EQ(quick_time_language("nno"), "nor");
  EXPECT_EQ(quick_time_language("xho"), "");
  EXPECT_EQ(quick_time_language("ng g"), "");
  EXPECT_EQ(quick_time_language(""), "");
}

}  // namespace
}  // namespace reelface
