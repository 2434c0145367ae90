// SPDX-License-Identifier: Apache-2.0
#include "app/argument_spelling.h"

#include <algorithm>
#include <map>

#include "reelface/restore/option_table.h"

namespace reelface {
namespace {

/// ffmpeg's words have one dash: "-c:v", "-crf". The parser knows them by their names.
std::map<std::string, std::string> make_other_spellings() {
  std::map<std::string, std::string> names;
  for (const Option& row : option_table()) {
    for (const std::string& alias : row.aliases) {
      if (alias[1] != '-' && alias.size() > 2) names[alias] = row.dashed();
    }
  }
  return names;
}

std::string with_two_dashes(const std::string& argument) {
  static const std::map<std::string, std::string> kNames = make_other_spellings();
  const auto known = kNames.find(argument);
  return known == kNames.end() ? argument : known->second;
}

}  // namespace

std::vector<std::string> unify_spelling(const std::vector<std::string>& arguments) {
  std::vector<std::string> result;
  bool is_option = true;
  for (const std::string& argument : arguments) {
    if (argument == "--" && is_option) {
      is_option = false;  // taken away: CLI11 would end the command there and hand the files to the program
    } else if (!is_option && argument.size() > 1 && argument[0] == '-') {
      result.push_back("./" + argument);  // the same file, and no option any more
    } else if (!is_option || argument.size() < 2 || argument[0] != '-') {
      result.push_back(argument);
    } else if (argument[1] == '-') {
      std::string unified = argument;
      const auto name_end = unified.begin() + static_cast<std::ptrdiff_t>(std::min(unified.find('='), unified.size()));
      std::replace(unified.begin(), name_end, '_', '-');
      result.push_back(std::move(unified));
    } else {
      result.push_back(with_two_dashes(argument));
    }
  }
  return result;
}

}  // namespace reelface
