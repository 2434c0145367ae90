// SPDX-License-Identifier: Apache-2.0
#include "core/path_check.h"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <map>
#include <optional>
#include <utility>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

/// By what a file is known whatever it is called.
using FileKey = std::pair<dev_t, ino_t>;

std::optional<struct stat> status_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

bool is_no_file(const std::string& path) {
  return path.empty() || path == "-" || is_special_file(path);
}

std::string shown(const PathUse& use) {
  return use.what + " " + printable(use.path);
}

class PathCheck {
 public:
  explicit PathCheck(const CommandPaths& paths) : overwrite_(paths.overwrite) {
    for (const PathUse& use : paths.read) {
      if (is_no_file(use.path)) continue;
      if (const auto status = status_of(use.path)) read_.emplace(FileKey(status->st_dev, status->st_ino), use);
    }
  }

  void check(const PathUse& use) {
    if (is_no_file(use.path)) return;
    if (const auto status = status_of(use.path)) {
      check_existing(use, *status);
    } else {
      check_new(use);
    }
    std::error_code ignored;
    const std::string place = fs::weakly_canonical(fs::absolute(use.path, ignored), ignored).string();
    const auto [found, is_first] = written_.emplace(place, use);
    if (!is_first)
      throw Error(ExitCode::kUsage, shown(use) + " and " + found->second.what + " are the same file",
                  "give each a name of its own");
  }

 private:
  void check_existing(const PathUse& use, const struct stat& status) const {
    if (S_ISDIR(status.st_mode))
      throw Error(ExitCode::kUsage, shown(use) + " is a folder", "give the name of a file inside it");
    const auto found = read_.find(FileKey(status.st_dev, status.st_ino));
    if (found != read_.end())
      throw Error(ExitCode::kUsage, shown(use) + " and " + shown(found->second) + " are the same file",
                  "choose another name; files that are read are never changed");
    if (!overwrite_ && !use.may_exist)
      throw Error(ExitCode::kUsage, shown(use) + " already exists", "use -y to replace it");
  }

  static void check_new(const PathUse& use) {
    if (errno == ENAMETOOLONG)
      throw Error(ExitCode::kUsage, "the name of " + use.what + " is too long", "choose a shorter one");
    const std::string folder = folder_of(follow_links(use.path));
    const auto status = status_of(folder);
    if (!status || !S_ISDIR(status->st_mode))
      throw Error(ExitCode::kUsage, "the folder of " + shown(use) + " is not there",
                  "make the folder first, or correct the path");
  }

  bool overwrite_;
  std::map<FileKey, PathUse> read_;
  std::map<std::string, PathUse> written_;
};

}  // namespace

void check_paths(const CommandPaths& paths) {
  PathCheck check(paths);
  for (const PathUse& use : paths.written) check.check(use);
}

bool is_special_file(const std::string& path) {
  const auto status = status_of(path);
  return status && !S_ISREG(status->st_mode) && !S_ISDIR(status->st_mode);
}

std::string folder_of(const std::string& path) {
  const std::string parent = fs::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

std::string follow_links(const std::string& path) {
  constexpr int kMostLinks = 40;
  fs::path current = path;
  for (int links = 0; links < kMostLinks; ++links) {
    std::error_code failure;
    if (!fs::is_symlink(current, failure)) return current.string();
    const fs::path target = fs::read_symlink(current, failure);
    if (failure) break;
    current = target.is_absolute() ? target : current.parent_path() / target;
  }
  throw Error(ExitCode::kUsage, "the output " + printable(path) + " is a link that leads nowhere",
              "remove the link or choose another name");
}

}  // namespace reelface
