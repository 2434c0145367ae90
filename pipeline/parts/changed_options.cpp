#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/parts/film_plan.h"

namespace reelface {
namespace {

/// What may differ without any pixel being another.
bool may_differ(const std::string& option) {
  return option == "threads" || option == "max-memory";
}

std::string spelled(const SpelledOptions& options, const std::string& name) {
  const auto found = options.find(name);
  if (found == options.end()) return "left out";
  std::string text = "given";
  for (const std::string& value : found->second) text += " " + value;
  return text;
}

}  // namespace

void refuse_changed_options(const SpelledOptions& then, const SpelledOptions& now, const std::string& advice) {
  SpelledOptions all = then;
  all.insert(now.begin(), now.end());
  std::string changes;
  for (const auto& [name, values] : all) {
    if (may_differ(name) || spelled(then, name) == spelled(now, name)) continue;
    changes +=
        (changes.empty() ? "" : "; ") + ("--" + name) + " was " + spelled(then, name) + " and is " + spelled(now, name);
  }
  if (changes.empty()) return;
  throw Error(ExitCode::kUsage, "this was begun with other options: " + printable(changes), advice);
}

}  // namespace reelface
