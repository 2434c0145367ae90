// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "pipeline/parts/part_folder.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

[[noreturn]] void refuse_folder(const std::string& folder, const std::string& why) {
  throw Error(ExitCode::kOutputUnwritable, "cannot write into " + printable(folder) + ": " + why,
              "check the permissions of the folder");
}

[[noreturn]] void refuse_busy(const std::string& folder) {
  throw Error(ExitCode::kTryAgain, "another process works in " + printable(folder), "wait for it, or stop it");
}

/// -1 if the folder went away between making it and making the file.
int open_lock(const std::string& folder, const std::string& path) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure) refuse_folder(folder, failure.message());
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (descriptor < 0 && errno != ENOENT) refuse_folder(folder, std::strerror(errno));
  return descriptor;
}

/// Whoever held the lock before may have removed the folder: then ours is the lock of a file that nobody else opens.
bool is_still_there(int descriptor, const std::string& path) {
  struct stat ours {};
  struct stat named {};
  return ::fstat(descriptor, &ours) == 0 && ::lstat(path.c_str(), &named) == 0 && ours.st_dev == named.st_dev &&
         ours.st_ino == named.st_ino;
}

}  // namespace

FolderLock::FolderLock(const std::string& folder) {
  constexpr int kAttempts = 100;
  const std::string path = lock_path(folder);
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    descriptor_ = open_lock(folder, path);
    if (descriptor_ < 0) continue;
    const bool has_no_locks_here = ::flock(descriptor_, LOCK_EX | LOCK_NB) != 0;
    if (has_no_locks_here && errno != ENOLCK && errno != EOPNOTSUPP) {
      ::close(descriptor_);
      refuse_busy(folder);
    }
    if (is_still_there(descriptor_, path)) return;
    ::close(descriptor_);
  }
  refuse_busy(folder);
}

FolderLock::~FolderLock() {
  ::close(descriptor_);
}

}  // namespace reelface
