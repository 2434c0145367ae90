// SPDX-License-Identifier: Apache-2.0
#include "core/shell_words.h"

#include <gtest/gtest.h>

#include "core/shell_quoted.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

using Words = std::vector<std::string>;

TEST(ShellWords, AreDividedAtSpaces) {
  EXPECT_EQ(shell_words("  --model none\t--crf=18\n"), (Words{"--model", "none", "--crf=18"}));
  EXPECT_EQ(shell_words(""), Words());
  EXPECT_EQ(shell_words(" \n "), Words());
}

TEST(ShellWords, QuotesKeepThemTogether) {
  EXPECT_EQ(shell_words("-e 'a b' \"c 'd'\" e\\ f"), (Words{"-e", "a b", "c 'd'", "e f"}));
  EXPECT_EQ(shell_words(R"("a\"b\\c\d" 'x\y' "")"), (Words{R"(a"b\c\d)", R"(x\y)", ""}));
  EXPECT_EQ(shell_words("a'b'\"c\"d\\"), (Words{"abcd\\"}));
}

TEST(ShellWords, NothingIsPutIn) {
  EXPECT_EQ(shell_words("$HOME *.mkv `id` ~ a;b|c"), (Words{"$HOME", "*.mkv", "`id`", "~", "a;b|c"}));
}

TEST(ShellWords, AQuoteIsClosed) {
  for (const char* line : {"'", "a 'b", "\"", "\"a\\\"", "x\"'"}) EXPECT_THROW(shell_words(line), Error) << line;
}

TEST(ShellWords, TakeBackWhatIsQuotedForAShell) {
  for (const char* name : {"film.mkv", "my film.mkv", "it's", "a\"b", "$x \\ y"})
    EXPECT_EQ(shell_words(shell_quoted(name)), Words{name});
}

}  // namespace
}  // namespace reelface
