#include "app/spelled_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <set>

#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/inference/model_store.h"
#include "reelface/restore/model_choice.h"

namespace reelface {
namespace {

/// Says where things are and how they are shown, not what is done.
bool is_about_this_call(const std::string& name) {
  static const std::set<std::string> kNames{"input", "output",  "INPUT",  "OUTPUT",        "y",         "n",
                                            "help",  "dry-run", "report", "progress",      "resume",    "part-length",
                                            "parts", "folder",  "list",   "output-folder", "log-level", "estimate"};
  return kNames.count(name) > 0;
}

std::string name_of(const CLI::Option& option) {
  if (!option.get_lnames().empty()) return option.get_lnames().front();
  if (!option.get_snames().empty()) return option.get_snames().front();
  return option.get_name();
}

/// A value of any other option stays what it is, even where a file happens to have its name.
bool names_a_file(const std::string& option, const std::string& value) {
  if (option == "tracks" || option == "reference-face") return true;
  if (option != "model" || model_choice(value) != ModelChoice::kRestorer) return false;
  const std::vector<ModelInfo> models = known_models();
  return std::none_of(models.begin(), models.end(), [&value](const ModelInfo& known) { return known.name == value; });
}

std::string from_the_root(const std::string& option, const std::string& value) {
  std::error_code ignored;
  if (!names_a_file(option, value) || !std::filesystem::exists(value, ignored)) return value;
  return std::filesystem::absolute(value).lexically_normal().string();
}

void collect(const CLI::App& app, SpelledOptions& spelled) {
  for (const CLI::Option* option : app.get_options()) {
    const std::string name = name_of(*option);
    if (option->count() == 0 || is_about_this_call(name)) continue;
    std::vector<std::string>& values = spelled[name];
    if (option->get_items_expected_max() == 0) continue;  // a flag: that it is there is all
    for (const std::string& value : option->results()) values.push_back(from_the_root(name, value));
  }
  for (const CLI::App* group : app.get_subcommands([](const CLI::App*) { return true; })) collect(*group, spelled);
}

std::vector<std::string> words_of(const SpelledOptions& spelled) {
  std::vector<std::string> words;
  for (const auto& [name, values] : spelled) {
    const bool is_short = name.size() == 1;
    const std::string dashed = (is_short ? "-" : "--") + name;
    if (values.empty()) words.push_back(dashed);
    for (const std::string& value : values) {
      if (is_short) {
        words.push_back(dashed);
        words.push_back(value);
      } else {
        words.push_back(dashed + "=" + value);
      }
    }
  }
  return words;
}

}  // namespace

SpelledOptions spelled_options(const CLI::App& command) {
  SpelledOptions spelled;
  collect(command, spelled);
  return spelled;
}

namespace {

/// A plan may come from somebody else: it says how to restore, never where to write or what to replace.
void refuse_what_no_plan_may_say(const SpelledOptions& spelled) {
  for (const auto& [name, values] : spelled) {
    if (is_about_this_call(name))
      throw Error(ExitCode::kUsage, "the plan says --" + printable(name) + ", which no plan may say",
                  "plan the film anew");
  }
}

}  // namespace

RestoreRequest request_from(const SpelledOptions& spelled, const std::string& input, const std::string& output) {
  refuse_what_no_plan_may_say(spelled);
  RestoreRequest request;
  CLI::App command;
  add_restore_options(command, request);
  std::vector<std::string> words = words_of(spelled);
  std::reverse(words.begin(), words.end());  // CLI11 wants the last first
  try {
    command.parse(words);
  } catch (const CLI::ParseError& error) {
    throw Error(ExitCode::kUsage, std::string("the plan's options cannot be understood: ") + error.what(),
                "plan the film anew");
  }
  request.options.input = input;
  request.options.output = output;
  finish_request(request);
  check(request.options);  // whoever wrote them, they are obeyed
  return request;
}

}  // namespace reelface
