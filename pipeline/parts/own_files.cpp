// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/own_files.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <vector>

#include "core/unfinished_file.h"
#include "pipeline/parts/part_folder.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/parts/film_parts.h"
#include "reelface/parts/film_plan.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRunning = ".running";
constexpr std::string_view kFailed = ".failed";

bool ends_with(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

/// "part-00012" and what notes append to it.
bool is_name_of_part(std::string_view name) {
  constexpr std::string_view kStart = "part-";
  if (name.substr(0, kStart.size()) != kStart) return false;
  const std::string_view rest = name.substr(kStart.size());
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  const std::string_view ending = rest.substr(digits);
  return digits >= 5 && (ending.empty() || ending == kFailed || (ending[0] == '.' && ends_with(ending, kRunning)));
}

bool is_finished_name(std::string_view name) {
  return name == "plan.json" || name == "film.index" || name == "lock" || name == "joined.json" ||
         is_name_of_part(name);
}

bool begins_with(const fs::path& path, std::string_view start) {
  std::ifstream file(path, std::ios::binary);
  std::string found(start.size(), '\0');
  return file.read(found.data(), static_cast<std::streamsize>(found.size())) && found == start;
}

bool is_ours(const fs::directory_entry& entry) {
  const std::string name = entry.path().filename().string();
  std::error_code failure;
  if (!is_own_name(name) || entry.is_symlink(failure) || !entry.is_regular_file(failure)) return false;
  if (name == "lock") return entry.file_size(failure) == 0;
  if (name == "film.index") return begins_with(entry.path(), "reelface index ");
  if (is_name_of_part(name) && !ends_with(name, kFailed) && !ends_with(name, kRunning))
    return begins_with(entry.path(), "reelface packets ");
  return true;
}

std::vector<fs::directory_entry> entries_of(const std::string& folder) {
  std::error_code failure;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure))
    entries.push_back(*entry);
  return entries;
}

bool is_old(const fs::path& path) {
  constexpr std::chrono::seconds kSilent(60);
  std::error_code failure;
  const fs::file_time_type written = fs::last_write_time(path, failure);
  return !failure && fs::file_time_type::clock::now() - written > kSilent;
}

}  // namespace

bool is_own_name(const std::string& name) {
  return is_finished_name(name) || is_finished_name(name_of_unfinished(name));
}

bool is_own_file(const std::string& path) {
  std::error_code failure;
  return is_ours(fs::directory_entry(path, failure));
}

void require_own_folder(const std::string& folder) {
  std::error_code failure;
  const fs::file_status status = fs::symlink_status(folder, failure);
  if (!fs::exists(status)) return;
  const auto refuse = [&folder](const std::string& why) {
    throw Error(ExitCode::kUsage, printable(folder) + " is in the way: " + why,
                "move it, or choose another name for the output");
  };
  if (!fs::is_directory(status)) refuse("it is no folder");
  if (has_plan(folder)) return;  // whether the plan is one of ours is found out when it is read
  for (const fs::directory_entry& entry : entries_of(folder)) {
    if (!is_ours(entry))
      refuse("it holds files that are not ours, such as " + printable(entry.path().filename().string()));
  }
}

void remove_leftovers(const std::string& folder) {
  std::error_code failure;
  for (const fs::directory_entry& entry : entries_of(folder)) {
    const std::string name = entry.path().filename().string();
    const bool is_unfinished = !name_of_unfinished(name).empty() || ends_with(name, kRunning);
    if (is_unfinished && is_ours(entry)) fs::remove(entry.path(), failure);
  }
}

void remove_abandoned_attempts(const std::string& folder, std::size_t part) {
  const std::string finished = fs::path(part_path(folder, part)).filename().string();
  std::error_code failure;
  for (const fs::directory_entry& entry : entries_of(folder)) {
    if (name_of_unfinished(entry.path().filename().string()) != finished || !is_ours(entry)) continue;
    // The lock tells on machines that share locks, the age on those that do not.
    if (is_old(entry.path()) && is_abandoned(entry.path().string())) fs::remove(entry.path(), failure);
  }
}

void remove_own_folder(const std::string& folder) {
  std::error_code failure;
  fs::remove(plan_path(folder), failure);
  for (const fs::directory_entry& entry : entries_of(folder)) {
    if (is_ours(entry)) fs::remove(entry.path(), failure);
  }
  if (!fs::remove(folder, failure) || failure)
    log_warning(printable(folder) + " is left where it is: " + failure.message());
}

}  // namespace reelface
