// SPDX-License-Identifier: Apache-2.0
#include "core/shell_quoted.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "reelface/core/log.h"

namespace reelface {
namespace {

/// What a shell makes of the word: the name of the file it would open.
std::string as_bash_takes_it(const std::string& word) {
  const std::string command = "bash <<'END_OF_WORD'\nprintf '%s' " + word + "\nEND_OF_WORD\n";
  FILE* pipe = popen(command.c_str(), "r");
  std::string text;
  for (int letter; (letter = std::fgetc(pipe)) != EOF;) text += static_cast<char>(letter);
  EXPECT_EQ(pclose(pipe), 0) << word;
  return text;
}

TEST(ShellQuoted, LeavesPlainNamesAlone) {
  EXPECT_EQ(shell_quoted("films/old_film-2.mkv"), "films/old_film-2.mkv");
  EXPECT_EQ(shell_quoted("/a/b:c,d+e@f%g"), "/a/b:c,d+e@f%g");
}

TEST(ShellQuoted, QuotesWhatAShellWouldTakeApart) {
  EXPECT_EQ(shell_quoted("two words"), "'two words'");
  EXPECT_EQ(shell_quoted("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_quoted(""), "''");
  EXPECT_EQ(shell_quoted("-o"), "./-o");
  EXPECT_EQ(shell_quoted("\x1b[2J"), "$'\\x1b[2J'");
}

TEST(ShellQuoted, IsTheSameFileToAShellAndHarmlessToATerminal) {
  for (const std::string name : {"plain.mkv",
                                 "two words",
                                 "it's",
                                 "~",
                                 "$HOME",
                                 "`id`",
                                 "a;b",
                                 "a\\b",
                                 "a\nb",
                                 "tab\there",
                                 "*",
                                 "#x",
                                 "!x",
                                 "\xc3\xa9t\xc3\xa9",
                                 "latin \xe9",
                                 "\x1b]0;x\x07",
                                 "\302\2332J",  // octal: the digit would belong to a hexadecimal escape
                                 "\2332J",
                                 "\xe2\x80\xaegpj",
                                 "quote' and \x01",
                                 "\x7f",
                                 "=x",
                                 "a=b",
                                 "{a,b}",
                                 "[ab]"}) {
    const std::string word = shell_quoted(name);
    EXPECT_EQ(as_bash_takes_it(word), name) << word;
    EXPECT_EQ(printable(word), word);
  }
}

}  // namespace
}  // namespace reelface
