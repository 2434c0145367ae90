// SPDX-License-Identifier: Apache-2.0
#include "pipeline/values/settings_file.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/path_check.h"
#include "pipeline/values/options/option_files.h"
#include "pipeline/values/settings_values.h"
#include "pipeline/values/strict_json.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostBytesOfSettings = std::size_t{64} << 10;
constexpr const char* kWritesThem = "`reelface settings --crf 18 -o FILE.json` shows what such a file looks like";

Json parsed_settings(const std::string& text, const std::string& name) {
  if (text.size() > kMostBytesOfSettings)
    throw Error(ExitCode::kUsage, name + " is too long for a file of settings", kWritesThem);
  constexpr int kDeepest = 1;  // a list of values
  try {
    Json json = strict_json(text, kDeepest);
    if (!json.is_object())
      throw Error(ExitCode::kUsage, name + " holds no settings", "it holds {\"crf\": 18}, for example");
    return json;
  } catch (const JsonFault& fault) {
    switch (fault.kind()) {
      case JsonFault::Kind::kTwice:
        throw Error(ExitCode::kUsage, name + " says \"" + printable(fault.what()) + "\" twice", "say it once");
      case JsonFault::Kind::kTooDeep:
        throw Error(ExitCode::kUsage, name + " holds lists inside lists, which no option takes", kWritesThem);
      case JsonFault::Kind::kNoJson:
        break;
    }
    throw Error(ExitCode::kUsage, name + " is no JSON: " + printable(fault.what()), kWritesThem);
  }
}

}  // namespace

SpelledOptions parse_settings(const std::string& text, const std::string& name) {
  const std::string shown = printable(name);
  const Json settings = parsed_settings(text, shown);
  SpelledOptions spelled;
  for (const auto& [key, json] : settings.items()) {
    const std::string place = shown + ": \"" + printable(key) + "\" ";
    spelled[key] = setting_texts(setting_named(key, shown), json, place);
  }
  return spelled;
}

SpelledOptions read_settings(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kMostBytesOfSettings + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.eof() && !file.good())
    throw Error(ExitCode::kInputUnreadable, "cannot read the settings " + printable(path),
                "name a file, or one of the sets that `reelface settings list` shows");
  text.resize(static_cast<std::size_t>(file.gcount()));
  SpelledOptions spelled = parse_settings(text, path);
  name_files_from(std::filesystem::absolute(folder_of(path)), spelled);
  return spelled;
}

void name_files_from(const std::filesystem::path& folder, SpelledOptions& settings) {
  for (auto& [name, texts] : settings) {
    for (std::string& value : texts) {
      const Option& option = option_named(name);
      if (!names_a_file(option, value)) continue;
      // A model may be one of the store's, which nobody here has heard of.
      const std::string file_beside = from_folder(value, folder);
      if (option.type == OptionType::kFile || is_file_there(option, file_beside)) value = file_beside;
    }
  }
}

std::string settings_text(const SpelledOptions& spelled) {
  Json json = Json::object();
  for (const Option& option : option_table()) {
    const auto found = spelled.find(option.name);
    if (found != spelled.end()) json[option.name] = setting_json(option, found->second);
  }
  std::string text;
  try {
    text = json.dump(2) + "\n";
  } catch (const Json::exception&) {
    throw Error(ExitCode::kUsage, "a value is no text in UTF-8, and JSON holds no other", "rename the file it names");
  }
  parse_settings(text, "the settings");
  return text;
}

}  // namespace reelface
