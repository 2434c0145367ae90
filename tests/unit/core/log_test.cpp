// SPDX-License-Identifier: Apache-2.0
#include "reelface/core/log.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

TEST(Printable, DefusesControlCharacters) {
  EXPECT_EQ(printable("plain \xc3\xa9"), "plain \xc3\xa9");
  EXPECT_EQ(printable("\x1b[2Jgone\n"), "\\x1b[2Jgone\\x0a");
  EXPECT_EQ(printable("\x7f"), "\\x7f");
}

TEST(Printable, DefusesTheSecondSetOfControlCharacters) {
  EXPECT_EQ(printable("\xc2\x9b"
                      "2J"),
            "\\xc2\\x9b2J");
  EXPECT_EQ(printable("\xc2\x80\xc2\x9f\xc2\xa0"), "\\xc2\\x80\\xc2\\x9f\xc2\xa0");
  // Terminals that do not speak UTF-8 take the bare byte for the same.
  EXPECT_EQ(printable("\x9b"
                      "2J"),
            "\\x9b2J");
}

TEST(Printable, DefusesWhatTurnsTheDirectionOfText) {
  for (const char* control : {"\xd8\x9c", "\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x80\xaa", "\xe2\x80\xae",
                              "\xe2\x81\xa6", "\xe2\x81\xa9", "\xe2\x80\xa8"}) {
    EXPECT_EQ(printable(control).front(), '\\') << control;
  }
  EXPECT_EQ(printable("\xe2\x80\x93 \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xf0\x9f\x8e\x9e"),
            "\xe2\x80\x93 \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xf0\x9f\x8e\x9e");
}

TEST(Printable, SpellsOutWhatIsNoUtf8) {
  EXPECT_EQ(printable("\xe9t\xe9"), "\\xe9t\\xe9");
  EXPECT_EQ(printable("cut \xe2\x80"), "cut \\xe2\\x80");
  EXPECT_EQ(printable("\xc0\x9b"), "\\xc0\\x9b");                    // longer than need be
  EXPECT_EQ(printable("\xe0\x82\x9b"), "\\xe0\\x82\\x9b");           // the same
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");           // half of a pair
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // beyond the last
}

TEST(Log, NoMessageCommandsTheTerminal) {
  std::string seen;
  set_log_sink([&](LogLevel, std::string_view message) { seen = message; });
  log_warning(
      "a name: \xc2\x9b"
      "2J");
  set_log_sink({});
  EXPECT_EQ(seen, "a name: \\xc2\\x9b2J");
}

}  // namespace
}  // namespace reelface
