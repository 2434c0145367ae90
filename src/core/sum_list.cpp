// SPDX-License-Identifier: Apache-2.0
#include "core/sum_list.h"

#include <algorithm>
#include <sstream>

#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr std::size_t kDigits = 64;

/// Empty for letters that stand for themselves.
std::string escape_of(char letter) {
  switch (letter) {
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    default:
      return {};
  }
}

std::string line_of(const FileSum& sum) {
  std::string name;
  bool is_escaped = false;
  for (const char letter : sum.name) {
    const std::string escape = escape_of(letter);
    is_escaped = is_escaped || !escape.empty();
    name += escape.empty() ? std::string(1, letter) : escape;
  }
  return (is_escaped ? "\\" : "") + sum.sha256 + "  " + name + "\n";
}

std::string without_escapes(const std::string& name) {
  std::string plain;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] != '\\' || i + 1 == name.size()) {
      plain += name[i];
      continue;
    }
    const char letter = name[++i];
    plain += letter == 'n' ? '\n' : letter == 'r' ? '\r' : letter;
  }
  return plain;
}

bool is_digest(const std::string& text) {
  return text.size() == kDigits && std::all_of(text.begin(), text.end(), [](char letter) {
           return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
         });
}

FileSum sum_in(const std::string& written, std::size_t number) {
  const bool is_escaped = written.front() == '\\';
  const std::string line = written.substr(is_escaped ? 1 : 0);
  FileSum sum;
  sum.sha256 = line.substr(0, kDigits);
  const bool has_name = line.size() > kDigits + 2 && line[kDigits] == ' ' &&
                        (line[kDigits + 1] == ' ' || line[kDigits + 1] == '*');  // text or binary: the same here
  if (!is_digest(sum.sha256) || !has_name)
    throw Error(ExitCode::kUsage, "line " + std::to_string(number) + " of the list of sums is none",
                "give a list that --checksums or sha256sum has written");
  const std::string name = line.substr(kDigits + 2);
  sum.name = is_escaped ? without_escapes(name) : name;
  return sum;
}

}  // namespace

std::string sum_list(const std::vector<FileSum>& sums) {
  std::string list;
  for (const FileSum& sum : sums) list += line_of(sum);
  return list;
}

std::vector<FileSum> read_sum_list(const std::string& text) {
  std::vector<FileSum> sums;
  std::istringstream lines(text);
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (!line.empty()) sums.push_back(sum_in(line, number));
  }
  return sums;
}

}  // namespace reelface
