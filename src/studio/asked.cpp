#include "studio/asked.h"

#include <nlohmann/json.hpp>
#include <set>

#include "pipeline/values/options/option_files.h"
#include "pipeline/values/settings_file.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kMostCount = std::int64_t{1} << 40;

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ExitCode::kUsage, "the page asked for something that is not understood: " + why, "load the page again");
}

/// An object. The library would take the last of two values for a name, and cannot walk through what is nested deep.
Json object_in(const std::string& body) {
  constexpr int kDeepest = 2;
  std::set<std::string> names;
  const auto see = [&names](int depth, Json::parse_event_t event, const Json& json) {
    const bool opens = event == Json::parse_event_t::array_start || event == Json::parse_event_t::object_start;
    if (opens && depth > kDeepest) refuse("it is nested too deep");
    if (event != Json::parse_event_t::key) return true;
    if (!names.insert(std::to_string(depth) + json.get<std::string>()).second) refuse("a name is there twice");
    return true;
  };
  try {
    Json json = Json::parse(body, see);
    if (json.is_object()) return json;
  } catch (const Json::exception&) {
    refuse("it is no JSON");
  }
  refuse("it is no object");
}

std::int64_t count_of(const Json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end() || !found->is_number_integer()) refuse(std::string(name) + " is no whole number");
  const bool is_too_large = found->is_number_unsigned() && found->get<std::uint64_t>() > std::uint64_t{kMostCount};
  const auto count = is_too_large ? -1 : found->get<std::int64_t>();
  if (count < 0 || count > kMostCount) refuse(std::string(name) + " is out of range");
  return count;
}

std::string text_of(const Json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end() || !found->is_string()) refuse(std::string(name) + " is no text");
  return found->get<std::string>();
}

SpelledOptions settings_of(const Json& json) {
  const auto settings = json.find("settings");
  if (settings == json.end()) return {};
  if (!settings->is_object()) refuse("settings are no object");
  return parse_settings(settings->dump(-1, ' ', false, Json::error_handler_t::replace), "the settings");
}

void refuse_other_names(const Json& json, const std::set<std::string>& known) {
  for (const auto& [name, value] : json.items()) {
    if (known.count(name) == 0) refuse("nothing is called " + printable(name.substr(0, 100)));
  }
}

}  // namespace

std::string asked_path(const std::string& body) {
  const Json json = object_in(body);
  refuse_other_names(json, {"path"});
  return text_of(json, "path");
}

AskedFrame asked_frame(const std::string& body) {
  const Json json = object_in(body);
  refuse_other_names(json, {"film", "frame", "settings"});
  AskedFrame asked;
  asked.film = count_of(json, "film");
  asked.frame = count_of(json, "frame");
  asked.settings = settings_of(json);
  return asked;
}

AskedJob asked_job(const std::string& body) {
  const Json json = object_in(body);
  refuse_other_names(json, {"film", "output", "settings"});
  return {count_of(json, "film"), text_of(json, "output"), settings_of(json)};
}

AskedAction asked_action(const std::string& body) {
  const Json json = object_in(body);
  refuse_other_names(json, {"job", "action"});
  const std::string action = text_of(json, "action");
  const std::int64_t job = count_of(json, "job");
  if (action == "stop") return {job, JobAction::kStop};
  if (action == "go on") return {job, JobAction::kGoOn};
  if (action == "forget") return {job, JobAction::kForget};
  refuse("no action is called " + printable(action.substr(0, 100)));
}

SpelledOptions with_files_of(const SpelledOptions& settings, const RootFolder& folder) {
  SpelledOptions found = settings;
  for (auto& [name, texts] : found) {
    const Option& option = option_named(name);
    for (std::string& text : texts) {
      if (names_a_file(option, text)) text = folder.existing_file(text);
    }
  }
  return found;
}

RestoreOptions options_for(const std::string& film, const SpelledOptions& settings, const RootFolder& folder) {
  RestoreOptions options = options_from(with_files_of(settings, folder));
  options.input = film;
  options.output = "restored.mkv";  // nothing is written; the check wants a name
  check(options);
  return options;
}

}  // namespace reelface
