// SPDX-License-Identifier: Apache-2.0
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/parts/film_plan.h"

namespace reelface {
namespace {

bool write(const Option& option, RestoreOptions& options, const OptionTexts& texts) {
  try {
    return option.write(options, texts);
  } catch (const Error&) {
    return false;
  }
}

/// As the table would spell it, because 60 and 1:00 are one time. What is no option or no value stays as it is.
SpelledOptions settled(const SpelledOptions& spelled) {
  RestoreOptions options;
  SpelledOptions unknown;
  for (const auto& [name, texts] : spelled) {
    const Option* option = find_option(name);
    if (!option || !write(*option, options, texts)) unknown[name] = texts;
  }
  SpelledOptions all = spelled_options(options);
  for (const auto& [name, texts] : unknown) all[name] = texts;
  return all;
}

bool may_differ(const std::string& name) {
  const Option* option = find_option(name);
  return option && option->changes == Changes::kNothing;
}

std::string in_words(const SpelledOptions& options, const std::string& name) {
  static const SpelledOptions kUsual = spelled_options({});
  const auto found = options.find(name), usual = kUsual.find(name);
  if (found == options.end() || (usual != kUsual.end() && found->second == usual->second)) return "left out";
  std::string text = "given";
  for (const std::string& value : found->second) text += " " + value;
  return text;
}

}  // namespace

void refuse_changed_options(const SpelledOptions& then, const SpelledOptions& now, const std::string& advice) {
  const SpelledOptions before = settled(then), after = settled(now);
  SpelledOptions all = before;
  all.insert(after.begin(), after.end());
  std::string changes;
  for (const auto& [name, texts] : all) {
    const std::string was = in_words(before, name), is = in_words(after, name);
    if (may_differ(name) || was == is) continue;
    if (!changes.empty()) changes += "; ";
    changes.append("--").append(name).append(" was ").append(was).append(" and is ").append(is);
  }
  if (changes.empty()) return;
  throw Error(ExitCode::kUsage, "this was begun with other options: " + printable(changes), advice);
}

}  // namespace reelface
