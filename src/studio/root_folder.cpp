// SPDX-License-Identifier: Apache-2.0
#include "studio/root_folder.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include "core/utf8.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestPath = 2048;
constexpr std::size_t kMostEntries = 4000;

/// One message for all, so that nobody learns what is outside.
[[noreturn]] void refuse_path(const std::string& inside) {
  throw Error(ExitCode::kInputUnreadable, "there is no " + printable(inside.substr(0, 200)) + " in the studio's folder",
              "start the studio with --root FOLDER to work in another folder");
}

bool is_well_formed(const std::string& inside) {
  if (inside.size() > kLongestPath || inside.find('\0') != std::string::npos) return false;
  if (!inside.empty() && inside.front() == '/') return false;
  const fs::path path(inside);
  return std::none_of(path.begin(), path.end(), [](const fs::path& piece) { return piece == ".."; });
}

/// Names that a page can show and give back: letters, none of which commands anything.
bool is_plain_text(std::string_view text) {
  while (!text.empty()) {
    const Utf8Letter letter = first_letter(text);
    if (!letter.is_valid || is_control(letter.code_point)) return false;
    text.remove_prefix(letter.bytes);
  }
  return true;
}

}  // namespace

RootFolder::RootFolder(const std::string& path) {
  std::error_code failure;
  const fs::path real = fs::canonical(path, failure);
  if (failure || !fs::is_directory(real, failure))
    throw Error(ExitCode::kUsage, "there is no folder " + printable(path), "give --root a folder that is there");
  path_ = real.string();
}

bool RootFolder::holds(const std::string& real_path) const {
  if (real_path == path_ || path_ == "/") return true;
  return real_path.size() > path_.size() && real_path.compare(0, path_.size(), path_) == 0 &&
         real_path[path_.size()] == '/';
}

std::string RootFolder::existing(const std::string& inside) const {
  if (!is_well_formed(inside)) refuse_path(inside);
  std::error_code failure;
  std::string real = fs::canonical(fs::path(path_) / inside, failure).string();
  if (failure || !holds(real)) refuse_path(inside);
  return real;
}

std::string RootFolder::existing_file(const std::string& inside) const {
  std::string real = existing(inside);
  std::error_code failure;
  if (!fs::is_regular_file(real, failure)) refuse_path(inside);
  return real;
}

std::string RootFolder::inside_of(const std::string& path) const {
  std::error_code failure;
  const std::string real = fs::canonical(path, failure).string();
  if (failure || !holds(real)) refuse_path(path);
  return fs::path(real).lexically_relative(path_).string();
}

std::vector<FolderEntry> RootFolder::list(const std::string& inside) const {
  std::vector<FolderEntry> entries;
  std::error_code failure;
  fs::directory_iterator files(existing(inside), fs::directory_options::skip_permission_denied, failure);
  if (failure) refuse_path(inside);
  for (; files != fs::directory_iterator() && entries.size() < kMostEntries; files.increment(failure)) {
    const std::string name = files->path().filename().string();
    if (name.front() == '.' || !is_plain_text(name)) continue;
    const std::string real = fs::canonical(files->path(), failure).string();
    if (failure || !holds(real)) continue;
    const bool is_folder = fs::is_directory(real, failure);
    if (!is_folder && !fs::is_regular_file(real, failure)) continue;
    const std::uintmax_t bytes = is_folder ? 0 : fs::file_size(real, failure);
    entries.push_back({name, is_folder, failure ? 0 : static_cast<std::int64_t>(bytes)});
  }
  std::sort(entries.begin(), entries.end(), [](const FolderEntry& one, const FolderEntry& other) {
    return std::pair(!one.is_folder, one.name) < std::pair(!other.is_folder, other.name);
  });
  return entries;
}

std::string RootFolder::own_folder() const {
  std::string folder = (fs::path(path_) / kOwnFolder).string();
  std::error_code failure;
  fs::create_directory(folder, failure);
  if (!fs::is_directory(fs::symlink_status(folder, failure)))  // a link might lead out
    throw Error(ExitCode::kOutputUnwritable, "cannot make the folder " + printable(folder),
                "may this folder be written to?");
  return folder;
}

}  // namespace reelface
