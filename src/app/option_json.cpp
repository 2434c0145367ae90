// SPDX-License-Identifier: Apache-2.0
#include "app/option_json.h"

#include <algorithm>
#include <cmath>

#include "reelface/core/log.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

const char* name_of(OptionType type) {
  switch (type) {
    case OptionType::kFlag:
      return "flag";
    case OptionType::kText:
      return "text";
    case OptionType::kFile:
      return "file";
    case OptionType::kModel:
      return "model";
    case OptionType::kWord:
      return "word";
    case OptionType::kInteger:
      return "integer";
    case OptionType::kNumber:
      return "number";
    case OptionType::kTime:
      return "time";
    case OptionType::kSize:
      return "size";
  }
  return "";
}

template <class Number>
Json number_of(const std::string& text) {
  Number number{};
  return plain_notation<Number>().read(text, number) ? Json(number) : Json(nullptr);
}

Json one_value(OptionType type, const std::string& text) {
  if (type == OptionType::kInteger) return number_of<std::int64_t>(text);
  if (type == OptionType::kNumber || type == OptionType::kTime) return number_of<double>(text);
  return printable(text);
}

Json value_of(const OptionFacts& facts, const std::optional<OptionTexts>& texts) {
  if (facts.type == OptionType::kFlag) return texts.has_value();
  if (!facts.repeats) return texts ? one_value(facts.type, texts->front()) : Json(nullptr);
  Json values = Json::array();
  for (const std::string& text : texts.value_or(OptionTexts())) values.push_back(one_value(facts.type, text));
  return values;
}

Json bound(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json to_json(const std::optional<OptionRange>& range) {
  if (!range) return nullptr;
  return {{"lowest", bound(range->lowest)},
          {"highest", bound(range->highest)},
          {"includes_lowest", range->includes_lowest},
          {"includes_highest", range->includes_highest}};
}

bool is_plain(const OptionRange& range) {
  return range.includes_lowest && range.includes_highest && std::isfinite(range.lowest + range.highest);
}

std::string in_words(double value) {
  return plain_notation<double>().write(value).value_or("");
}

/// "0..100", "soft·box", "TIME"
std::string shown_value(const OptionFacts& facts) {
  std::string text;
  for (const std::string& word : facts.words) text += (text.empty() ? "" : "·") + word;
  if (!text.empty() || (facts.value != "FLOAT" && facts.value != "INT")) return text.empty() ? facts.value : text;
  const std::optional<OptionRange>& range = facts.range;
  return range && is_plain(*range) ? in_words(range->lowest) + ".." + in_words(range->highest) : "N";
}

}  // namespace

const char* name_of(Belongs belongs) {
  switch (belongs) {
    case Belongs::kFilm:
      return "film";
    case Belongs::kRun:
      return "run";
    case Belongs::kCall:
      return "call";
  }
  return "";
}

const char* name_of(Changes changes) {
  switch (changes) {
    case Changes::kPixels:
      return "pixels";
    case Changes::kOutput:
      return "output";
    case Changes::kNothing:
      return "nothing";
  }
  return "";
}

std::string shown(const OptionFacts& facts) {
  std::string before, behind;
  for (const std::string& alias : facts.aliases) {
    std::string name = alias.substr(1);
    std::replace(name.begin(), name.end(), '_', '-');
    if (alias.size() == 2)
      before += alias + ", ";
    else if (name != facts.name)  // that one may do with one dash goes without saying
      behind += ", " + alias;
  }
  const std::string value = shown_value(facts);
  return before + facts.dashed() + behind + (value.empty() ? "" : " " + value);
}

Json to_json(const OptionFacts& facts, const std::optional<OptionTexts>& usual) {
  return {{"name", facts.name},
          {"shown", shown(facts)},
          {"aliases", facts.aliases},
          {"place", facts.place.empty() ? Json(nullptr) : Json(facts.place)},
          {"group", facts.group},
          {"help", facts.help},
          {"type", name_of(facts.type)},
          {"value", facts.value},
          {"words", facts.words},
          {"range", to_json(facts.range)},
          {"default", value_of(facts, usual)},
          {"usual", facts.usual},
          {"repeats", facts.repeats},
          {"belongs_to", name_of(facts.belongs)},
          {"changes", name_of(facts.changes)},
          {"changes_pixels", facts.changes == Changes::kPixels},
          {"in_settings", facts.is_setting()},
          {"may_vary", facts.may_vary()}};
}

Json settings_json(const RestoreOptions& options) {
  Json settings = Json::object();
  for (const Option& row : option_table()) {
    if (row.belongs != Belongs::kCall) settings[row.name] = value_of(row, row.read(options));
  }
  return settings;
}

}  // namespace reelface
