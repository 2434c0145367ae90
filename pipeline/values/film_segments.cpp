// SPDX-License-Identifier: Apache-2.0
#include "reelface/restore/film_segments.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/nearest_word.h"
#include "core/path_check.h"
#include "pipeline/values/json_numbers.h"
#include "pipeline/values/settings_file.h"
#include "pipeline/values/settings_values.h"
#include "pipeline/values/strict_json.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostBytes = std::size_t{1} << 20;
constexpr std::size_t kMostSegments = 10'000;
constexpr std::int64_t kMostFrame = std::int64_t{1} << 40;
constexpr std::int64_t kLongestFade = 48;  // so many pictures are held
constexpr const char* kLooksLike =
    R"(it holds {"segments": [{"frames": [0, 250], "settings": {"strength": 50}}]}, for example)";

std::string text_of(const FilmSegment& segment) {
  return "frames " + std::to_string(segment.first_frame) + " to " + std::to_string(segment.end_frame);
}

[[noreturn]] void refuse(const std::string& place, const std::string& why) {
  throw Error(ExitCode::kUsage, place + " " + why, kLooksLike);
}

void refuse_other_names(const Json& json, const std::vector<std::string>& known, const std::string& place) {
  for (const auto& [name, value] : json.items()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string nearest = nearest_word(name.substr(0, 64), known);
    refuse(place, "says \"" + printable(name) + "\"" + (nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?"));
  }
}

std::int64_t frame_of(const Json& json, const std::string& place) {
  std::int64_t frame = -1;
  try {
    frame = integer_from<std::int64_t>(json);
  } catch (const std::exception&) {
  }
  if (frame < 0 || frame > kMostFrame) refuse(place, "has frames that are no whole numbers from 0 on");
  return frame;
}

SpelledOptions settings_in(const Json& json, const std::string& place) {
  if (!json.is_object()) refuse(place, "has settings that are no object");
  SpelledOptions settings;
  for (const auto& [name, value] : json.items()) {
    const Option* const known = find_option(name);
    const Option& option = known ? *known : setting_named(name, place);  // which says what name comes near
    if (!option.may_vary())
      throw Error(ExitCode::kUsage, place + ": " + option.dashed() + " holds for the whole film",
                  "give it to the film, not to a segment");
    const bool is_none = option.repeats && value.is_array() && value.empty();  // where the film has some
    settings[name] = is_none ? OptionTexts() : setting_texts(option, value, place + ": \"" + printable(name) + "\" ");
  }
  return settings;
}

FilmSegment segment_from(const Json& json, const std::string& place) {
  if (!json.is_object()) refuse(place, "is no object");
  refuse_other_names(json, {"frames", "fade", "settings"}, place);
  FilmSegment segment;
  const auto frames = json.find("frames");
  if (frames == json.end() || !frames->is_array() || frames->size() != 2)
    refuse(place, "does not say which frames it holds: the first, and the first behind it");
  segment.first_frame = frame_of(frames->at(0), place);
  segment.end_frame = frame_of(frames->at(1), place);
  if (segment.end_frame <= segment.first_frame) refuse(place, "ends before it begins");
  if (const auto fade = json.find("fade"); fade != json.end()) {
    segment.fade_frames = frame_of(*fade, place);
    if (segment.fade_frames > kLongestFade)
      refuse(place, "fades for more than " + std::to_string(kLongestFade) + " frames");
  }
  if (const auto settings = json.find("settings"); settings != json.end())
    segment.settings = settings_in(*settings, place);
  return segment;
}

void put_in_order(FilmSegments& segments, const std::string& name) {
  std::sort(segments.begin(), segments.end(),
            [](const FilmSegment& one, const FilmSegment& other) { return one.first_frame < other.first_frame; });
  for (std::size_t i = 1; i < segments.size(); ++i) {
    if (segments[i].first_frame < segments[i - 1].end_frame)
      refuse(name,
             "has segments that lie over each other: " + text_of(segments[i - 1]) + ", and " + text_of(segments[i]));
  }
}

Json parsed(const std::string& text, const std::string& name) {
  if (text.size() > kMostBytes) refuse(name, "is too long for a file of segments");
  constexpr int kDeepest = 5;  // a list of values in the settings of a segment
  try {
    return strict_json(text, kDeepest);
  } catch (const JsonFault& fault) {
    switch (fault.kind()) {
      case JsonFault::Kind::kTwice:
        refuse(name, "says \"" + printable(fault.what()) + "\" twice in one place");
      case JsonFault::Kind::kTooDeep:
        refuse(name, "is nested too deep for a file of segments");
      case JsonFault::Kind::kNoJson:
        break;
    }
    refuse(name, std::string("is no JSON: ") + printable(fault.what()));
  }
}

}  // namespace

FilmSegments parse_segments(const std::string& text, const std::string& name) {
  const std::string shown = printable(name);
  const Json json = parsed(text, shown);
  if (!json.is_object()) refuse(shown, "holds no segments");
  refuse_other_names(json, {"segments"}, shown);
  const auto list = json.find("segments");
  if (list == json.end() || !list->is_array()) refuse(shown, "holds no list of segments");
  if (list->size() > kMostSegments) refuse(shown, "holds too many segments");
  FilmSegments segments;
  segments.reserve(list->size());
  for (const Json& segment : *list)
    segments.push_back(segment_from(segment, shown + ": segment " + std::to_string(segments.size() + 1)));
  put_in_order(segments, shown);
  return segments;
}

FilmSegments read_segments(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kMostBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.eof() && !file.good())
    throw Error(ExitCode::kInputUnreadable, "cannot read the segments " + printable(path), kLooksLike);
  text.resize(static_cast<std::size_t>(file.gcount()));
  FilmSegments segments = parse_segments(text, path);
  const std::filesystem::path folder = std::filesystem::absolute(folder_of(path));
  for (FilmSegment& segment : segments) name_files_from(folder, segment.settings);
  return segments;
}

FilmSegments segments_of(const RestoreOptions& options) {
  return options.segments_file.empty() ? FilmSegments() : read_segments(options.segments_file);
}

std::string segments_text(const FilmSegments& segments) {
  Json list = Json::array();
  for (const FilmSegment& segment : segments) {
    Json settings = Json::object();
    for (const auto& [name, texts] : segment.settings) settings[name] = setting_json(option_named(name), texts);
    list.push_back({{"frames", {segment.first_frame, segment.end_frame}},
                    {"fade", segment.fade_frames},
                    {"settings", std::move(settings)}});
  }
  return Json({{"segments", std::move(list)}}).dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

RestoreOptions options_in(const FilmSegment& segment, RestoreOptions film) {
  for (const auto& [name, texts] : segment.settings) option_named(name).write(film, texts);
  film.segments_file.clear();
  try {
    check(film);
  } catch (const Error&) {
    std::throw_with_nested(Error(ExitCode::kUsage, "with the settings of " + text_of(segment)));
  }
  return film;
}

}  // namespace reelface
