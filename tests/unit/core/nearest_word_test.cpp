// SPDX-License-Identifier: Apache-2.0
#include "core/nearest_word.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

TEST(NearestWord, FindsWhatWasMeant) {
  const std::vector<std::string> known = {"--strength", "--steps", "--model", "--mask"};
  EXPECT_EQ(nearest_word("--strenght", known), "--strength");
  EXPECT_EQ(nearest_word("--mdoel", known), "--model");
  EXPECT_EQ(nearest_word("--masks", known), "--mask");
  EXPECT_EQ(nearest_word("--strength", known), "--strength");
}

TEST(NearestWord, DoesNotGuessWildly) {
  const std::vector<std::string> known = {"--strength", "--mask", "models"};
  EXPECT_EQ(nearest_word("--frame-rate", known), "");
  EXPECT_EQ(nearest_word("x", known), "");
  EXPECT_EQ(nearest_word("", known), "");
  EXPECT_EQ(nearest_word("word", {}), "");
}

}  // namespace
}  // namespace reelface
