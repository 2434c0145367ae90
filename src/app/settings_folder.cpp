// SPDX-License-Identifier: Apache-2.0
#include "app/settings_folder.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "core/nearest_word.h"
#include "core/shell_quoted.h"
#include "core/user_folder.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

constexpr const char* kEnding = ".json";

bool is_path(const std::string& name_or_path) {
  return name_or_path.find('/') != std::string::npos || fs::path(name_or_path).extension() == kEnding;
}

/// Empty: there is no home.
fs::path settings_folder() {
  const fs::path configuration = user_folder("XDG_CONFIG_HOME", ".config");
  return configuration.empty() ? configuration : configuration / "reelface";
}

bool is_there(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

[[noreturn]] void say_it_is_not_there(const std::string& name, const std::string& path) {
  if (is_path(name))
    throw Error(ExitCode::kInputUnreadable, "there are no settings " + printable(path),
                "reelface settings --help says how to write some");
  std::string advice;
  const std::string meant = nearest_word(name, settings_names());
  std::error_code ignored;
  if (fs::is_regular_file(name, ignored))
    advice = "./" + name + " if the file here is meant; ";
  else if (!meant.empty())
    advice = meant + "; ";
  throw Error(ExitCode::kInputUnreadable,
              "there are no settings called " + printable(name) + ": " + printable(path) + " is not there",
              advice + "reelface settings list shows those there are");
}

}  // namespace

std::string settings_path(const std::string& name_or_path) {
  if (is_path(name_or_path)) return name_or_path;
  const fs::path folder = settings_folder();
  if (folder.empty())
    throw Error(ExitCode::kUsage, "settings that go by a name need a home, and HOME says none",
                "name a file: ./" + shell_quoted(name_or_path + kEnding));
  return (folder / (name_or_path + kEnding)).string();
}

std::string found_settings(const std::string& name_or_path) {
  std::string path = settings_path(name_or_path);
  if (!is_there(path)) say_it_is_not_there(name_or_path, path);
  return path;
}

void make_settings_folder(const std::string& name_or_path) {
  if (is_path(name_or_path)) return;
  std::error_code failure;
  fs::create_directories(settings_folder(), failure);
  if (failure)
    throw Error(ExitCode::kOutputUnwritable,
                "cannot make the folder " + printable(settings_folder().string()) + ": " + failure.message(),
                "name a file: -o ./" + shell_quoted(name_or_path + kEnding));
}

std::vector<std::string> settings_names() {
  std::vector<std::string> names;
  std::error_code failure;
  const fs::path folder = settings_folder();
  if (folder.empty()) return names;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
    if (entry->path().extension() == kEnding) names.push_back(entry->path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace reelface
