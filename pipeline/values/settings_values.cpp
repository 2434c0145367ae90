// SPDX-License-Identifier: Apache-2.0
#include "pipeline/values/settings_values.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "core/nearest_word.h"
#include "core/utf8.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

std::string without_dashes(const std::string& alias) {
  const std::size_t start = alias.find_first_not_of('-');
  return start == std::string::npos ? "" : alias.substr(start);
}

/// Every name that somebody may have had in mind, with the one that settings call it by.
std::vector<std::pair<std::string, std::string>> known_names() {
  std::vector<std::pair<std::string, std::string>> names;
  for (const Option& option : option_table()) {
    if (!option.is_setting()) continue;
    names.emplace_back(option.name, option.name);
    for (const std::string& alias : option.aliases) names.emplace_back(without_dashes(alias), option.name);
  }
  return names;
}

/// Empty: no name is near.
std::string nearest_name(const std::string& name) {
  constexpr std::size_t kLongest = 64;  // no name is as long, and comparing takes time with the square of it
  std::string plain = without_dashes(name.substr(0, kLongest));
  std::replace(plain.begin(), plain.end(), '_', '-');
  const auto known = known_names();
  std::vector<std::string> words;
  words.reserve(known.size());
  for (const auto& [word, meant] : known) words.push_back(word);
  const std::string nearest = nearest_word(plain, words);
  for (const auto& [word, meant] : known) {
    if (word == nearest) return meant;
  }
  return "";
}

bool has_control(std::string_view text) {
  while (!text.empty()) {
    const Utf8Letter letter = first_letter(text);
    if (!letter.is_valid || is_control(letter.code_point)) return true;
    text.remove_prefix(letter.bytes);
  }
  return false;
}

/// What a value of the option looks like, for the message that one does not.
std::string what_it_takes(const Option& option) {
  switch (option.type) {
    case OptionType::kFlag:
      return "true or false";
    case OptionType::kInteger:
      return "a whole number";
    case OptionType::kNumber:
      return "a number";
    case OptionType::kTime:
      return "a time: seconds, or \"h:mm:ss\"";
    case OptionType::kSize:
      return "a size: bytes, or \"800M\", or \"4G\"";
    case OptionType::kText:
    case OptionType::kFile:
    case OptionType::kModel:
      return "a text: " + option.value;
    case OptionType::kWord:
      break;
  }
  std::string words = "one of";
  for (const std::string& word : option.words) words += (&word == &option.words.front() ? " \"" : ", \"") + word + "\"";
  return words;
}

bool may_be_number(OptionType type) {
  return type == OptionType::kNumber || type == OptionType::kTime || type == OptionType::kText;
}

bool must_be_number(OptionType type) {
  return type == OptionType::kNumber || type == OptionType::kInteger;
}

/// The value as somebody would have written it on the command line. None: it has another form.
std::optional<std::string> text_of(const Option& option, const Json& json) {
  const OptionType type = option.type;
  if (json.is_number_integer() && (type == OptionType::kInteger || type == OptionType::kSize || may_be_number(type)))
    return json.dump();
  if (json.is_number_float() && may_be_number(type)) return plain_notation<double>().write(json.get<double>());
  const bool fits = json.is_string() && !must_be_number(type) && type != OptionType::kFlag;
  return fits ? std::optional<std::string>(json.get<std::string>()) : std::nullopt;
}

std::string shown(const Json& json) {
  constexpr std::size_t kLongest = 60;
  const std::string text = json.dump(-1, ' ', true, Json::error_handler_t::replace);
  return printable(text.size() > kLongest ? text.substr(0, kLongest) + "..." : text);
}

[[noreturn]] void refuse(const Option& option, const Json& json, const std::string& place) {
  throw Error(ExitCode::kUsage, place + "takes " + what_it_takes(option) + ", not " + shown(json),
              option.repeats ? "several stand in brackets: [1, 2]" : "");
}

std::string checked_text(const Option& option, const Json& json, const std::string& place) {
  const std::optional<std::string> text = text_of(option, json);
  if (!text) refuse(option, json, place);
  if (text->empty()) throw Error(ExitCode::kUsage, place + "is empty", "give it a value, or leave it out");
  if (has_control(*text)) throw Error(ExitCode::kUsage, place + "holds a control character", "take it out");
  return *text;
}

OptionTexts texts_as_given(const Option& option, const Json& json, const std::string& place) {
  if (option.type == OptionType::kFlag) {
    if (!json.is_boolean()) refuse(option, json, place);
    return json.get<bool>() ? OptionTexts() : OptionTexts{"false"};
  }
  if (!option.repeats || !json.is_array()) return {checked_text(option, json, place)};
  OptionTexts texts;
  for (const Json& one : json) texts.push_back(checked_text(option, one, place));
  if (texts.empty()) throw Error(ExitCode::kUsage, place + "is empty", "give it a value, or leave it out");
  return texts;
}

bool write(const Option& option, RestoreOptions& options, const OptionTexts& texts, const std::string& place) {
  try {
    return option.write(options, texts);
  } catch (const Error& error) {
    throw Error(ExitCode::kUsage, place + "cannot be understood: " + error.what(), error.advice());
  }
}

void check_range(const Option& option, const OptionTexts& texts, const std::string& place) {
  if (!option.range) return;
  for (const std::string& text : texts) {
    double value = std::nan("");
    if (plain_notation<double>().read(text, value) && option.range->holds(value)) continue;
    throw Error(ExitCode::kUsage, place + option.range->rule + ", and is " + printable(text), option.range->advice);
  }
}

Json one_value(const Option& option, const std::string& text) {
  if (!must_be_number(option.type)) return text;
  Json number = Json::parse(text, nullptr, false);
  return number.is_number() ? number : Json(text);
}

}  // namespace

const Option& setting_named(const std::string& name, const std::string& file) {
  const Option* option = find_option(name);
  if (option && option->is_setting()) return *option;
  const std::string place = file + ": \"" + printable(name.substr(0, 100)) + "\" ";
  if (option)
    throw Error(ExitCode::kUsage, place + "belongs to one film, and settings are for many",
                "leave it out, and give " + option->dashed() + " on the command line");
  const std::string meant = nearest_name(name);
  throw Error(ExitCode::kUsage, place + "is no option that settings can hold",
              (meant.empty() ? "" : "\"" + meant + "\"; ") + "reelface settings --help lists them");
}

OptionTexts setting_texts(const Option& option, const Json& json, const std::string& place) {
  const OptionTexts given = texts_as_given(option, json, place);
  if (must_be_number(option.type)) check_range(option, given, place);  // or it would only be called too long
  RestoreOptions options;
  if (!write(option, options, given, place)) refuse(option, json, place);
  OptionTexts texts = option.read(options).value_or(given);
  check_range(option, texts, place);
  return texts;
}

Json setting_json(const Option& option, const OptionTexts& texts) {
  if (option.type == OptionType::kFlag) {
    bool is_on = false;
    return read_flag(texts, is_on) && is_on;
  }
  if (!option.repeats) return texts.empty() ? Json("") : one_value(option, texts.front());
  Json values = Json::array();
  for (const std::string& text : texts) values.push_back(one_value(option, text));
  return values;
}

}  // namespace reelface
