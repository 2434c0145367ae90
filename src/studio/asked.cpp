// SPDX-License-Identifier: Apache-2.0
#include "studio/asked.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "pipeline/values/options/option_files.h"
#include "pipeline/values/settings_file.h"
#include "pipeline/values/strict_json.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "studio/base64.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kMostCount = std::int64_t{1} << 40;

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ExitCode::kUsage, "the page asked for something that is not understood: " + why, "load the page again");
}

/// An object.
Json object_in(const std::string& body) {
  constexpr int kDeepest = 5;  // a list of values in the settings of a segment
  try {
    Json json = strict_json(body, kDeepest);
    if (json.is_object()) return json;
  } catch (const JsonFault& fault) {
    refuse(fault.kind() == JsonFault::Kind::kTwice     ? "a name is there twice"
           : fault.kind() == JsonFault::Kind::kTooDeep ? "it is nested too deep"
                                                       : "it is no JSON");
  }
  refuse("it is no object");
}

std::int64_t count_from(const Json& json, const char* name) {
  if (!json.is_number_integer()) refuse(std::string(name) + " is no whole number");
  const bool is_too_large = json.is_number_unsigned() && json.get<std::uint64_t>() > std::uint64_t{kMostCount};
  const auto count = is_too_large ? -1 : json.get<std::int64_t>();
  if (count < 0 || count > kMostCount) refuse(std::string(name) + " is out of range");
  return count;
}

std::int64_t count_of(const Json& json, const char* name) {
  const auto found = json.find(name);
  return count_from(found == json.end() ? Json() : *found, name);
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

FilmSegments segments_in(const Json& json) {
  const auto segments = json.find("segments");
  if (segments == json.end()) return {};
  return parse_segments(Json({{"segments", *segments}}).dump(-1, ' ', false, Json::error_handler_t::replace),
                        "what the page has set");
}

std::vector<std::int64_t> people_of(const Json& json, const char* name) {
  constexpr std::size_t kMost = 1000;
  std::vector<std::int64_t> people;
  const auto list = json.find(name);
  if (list == json.end()) return people;
  if (!list->is_array() || list->size() > kMost) refuse("people are no list");
  for (const Json& person : *list) people.push_back(count_from(person, "a person"));
  return people;
}

void refuse_other_names(const Json& json, const std::set<std::string>& known) {
  for (const auto& [name, value] : json.items()) {
    if (known.count(name) == 0) refuse("nothing is called " + printable(name.substr(0, 100)));
  }
}

ChosenPeople people_in(const Json& json) {
  const auto people = json.find("people");
  if (people == json.end()) return {};
  if (!people->is_object()) refuse("people are no object");
  refuse_other_names(*people, {"only", "except"});
  return {people_of(*people, "only"), people_of(*people, "except")};
}

AskedFrame frame_in(const Json& json) {
  AskedFrame asked;
  asked.film = count_of(json, "film");
  asked.frame = count_of(json, "frame");
  asked.settings = settings_of(json);
  asked.segments = segments_in(json);
  asked.people = people_in(json);
  return asked;
}

}  // namespace

std::string asked_path(const std::string& body) {
  const Json json = object_in(body);
  refuse_other_names(json, {"path"});
  return text_of(json, "path");
}

AskedFrame asked_frame(const std::string& body) {
  const Json json = object_in(body);
  refuse_other_names(json, {"film", "frame", "settings", "segments", "people"});
  return frame_in(json);
}

AskedLoop asked_loop(const std::string& body) {
  const Json json = object_in(body);
  refuse_other_names(json, {"film", "frame", "settings", "segments", "people", "count"});
  return {frame_in(json), count_of(json, "count")};
}

AskedJob asked_job(const std::string& body) {
  const Json json = object_in(body);
  refuse_other_names(json, {"film", "output", "settings", "segments", "people"});
  return {count_of(json, "film"), text_of(json, "output"), settings_of(json), segments_in(json), people_in(json)};
}

AskedPhoto asked_photo(const std::string& body) {
  const Json json = object_in(body);
  refuse_other_names(json, {"film", "photo"});
  std::optional<std::string> jpeg = from_base64(text_of(json, "photo"));
  if (!jpeg || jpeg->compare(0, 2, "\xff\xd8") != 0) refuse("the photo is no JPEG");
  return {count_of(json, "film"), std::move(*jpeg)};
}

AskedAction asked_action(const std::string& body) {
  const Json json = object_in(body);
  refuse_other_names(json, {"job", "action"});
  const std::string action = text_of(json, "action");
  const std::int64_t job = count_of(json, "job");
  if (action == "stop") return {job, JobAction::kStop};
  if (action == "go on") return {job, JobAction::kGoOn};
  if (action == "do next") return {job, JobAction::kDoNext};
  if (action == "forget") return {job, JobAction::kForget};
  if (action == "compare") return {job, JobAction::kCompare};
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

FilmSegments with_files_of(FilmSegments segments, const RootFolder& folder) {
  for (FilmSegment& segment : segments) segment.settings = with_files_of(segment.settings, folder);
  return segments;
}

RestoreOptions options_for(const std::string& film, const SpelledOptions& settings, const RootFolder& folder,
                           const TrackedPeople& people) {
  RestoreOptions options = options_from(with_files_of(settings, folder));
  options.faces.tracks_file = people.tracks_file;
  options.faces.only_people = people.chosen.only;
  options.faces.except_people = people.chosen.except;
  options.input = film;
  options.output = "restored.mkv";  // nothing is written; the check wants a name
  check(options);
  return options;
}

}  // namespace reelface
