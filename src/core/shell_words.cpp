// SPDX-License-Identifier: Apache-2.0
#include "core/shell_words.h"

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

bool is_space(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

/// Takes one word from the front of what is left of a line.
class WordReader {
 public:
  explicit WordReader(std::string_view line) : whole_(line), left_(line) {}

  /// False at the end of the line.
  bool next(std::string& word) {
    while (!left_.empty() && is_space(left_.front())) left_.remove_prefix(1);
    if (left_.empty()) return false;
    word.clear();
    while (!left_.empty() && !is_space(left_.front())) take_letter(word);
    return true;
  }

 private:
  char take() {
    if (left_.empty())
      throw Error(ExitCode::kUsage, "a quote is opened and never closed in: " + printable(whole_), "close it");
    const char letter = left_.front();
    left_.remove_prefix(1);
    return letter;
  }

  void take_letter(std::string& word) {
    const char letter = take();
    if (letter == '\'')
      take_plain(word);
    else if (letter == '"')
      take_quoted(word);
    else
      word += letter == '\\' && !left_.empty() ? take() : letter;
  }

  void take_plain(std::string& word) {
    for (char letter = take(); letter != '\''; letter = take()) word += letter;
  }

  /// Between double quotes a backslash is itself, but before those letters that would mean something.
  void take_quoted(std::string& word) {
    for (char letter = take(); letter != '"'; letter = take()) {
      const bool hides_next = letter == '\\' && !left_.empty() && (left_.front() == '"' || left_.front() == '\\');
      word += hides_next ? take() : letter;
    }
  }

  std::string_view whole_, left_;
};

}  // namespace

std::vector<std::string> shell_words(std::string_view line) {
  std::vector<std::string> words;
  WordReader reader(line);
  for (std::string word; reader.next(word);) words.push_back(word);
  return words;
}

}  // namespace reelface
