// SPDX-License-Identifier: Apache-2.0
#include "core/unfinished_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "core/path_check.h"
#include "core/shell_quoted.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kUnfinished = ".part";

/// ".name.PROCESS.part", or ".name.PROCESS.ATTEMPT.part" where that was there.
std::string unfinished_name(const std::string& final_path, int attempt) {
  std::string ending = "." + std::to_string(::getpid());
  if (attempt > 0) ending += "." + std::to_string(attempt);
  ending += kUnfinished;
  constexpr std::size_t kLongestName = 255;
  std::string name = fs::path(final_path).filename().string();
  if (name.size() + ending.size() + 1 > kLongestName) name.resize(kLongestName - ending.size() - 1);
  return (fs::path(final_path).parent_path() / ("." + name + ending)).string();
}

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](unsigned char letter) { return std::isdigit(letter); });
}

/// 0 or an errno. Works on file systems without hard links, and where the kernel lacks a rename that refuses to
/// replace.
int rename_without_replacing(const std::string& from, const std::string& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno == EEXIST) return EEXIST;
  if (::link(from.c_str(), to.c_str()) == 0) return ::unlink(from.c_str()) == 0 ? 0 : errno;
  if (errno == EEXIST) return EEXIST;
  if (::access(to.c_str(), F_OK) == 0) return EEXIST;
  return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

}  // namespace

std::string_view name_of_unfinished(std::string_view name) {
  if (name.size() <= kUnfinished.size() || name.front() != '.') return {};
  if (name.substr(name.size() - kUnfinished.size()) != kUnfinished) return {};
  name = name.substr(1, name.size() - 1 - kUnfinished.size());
  bool has_process = false;
  for (std::size_t dot = name.rfind('.'); dot != std::string_view::npos && is_digits(name.substr(dot + 1));
       dot = name.rfind('.')) {
    name = name.substr(0, dot);
    has_process = true;
  }
  return has_process ? name : std::string_view();
}

void synchronize_folder_of(const std::string& path) {
  const std::string folder = folder_of(path);
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;  // a folder we may write to but not read cannot be synchronised; the file itself is
  const int result = ::fsync(descriptor);
  const int error_number = errno;
  ::close(descriptor);
  if (result != 0 && error_number != EINVAL && error_number != ENOTSUP)
    throw_output_error("cannot bring the folder " + printable(folder) + " to the disk", error_number);
}

bool is_abandoned(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return false;
  const bool is_free = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
  ::close(descriptor);
  return is_free;
}

UnfinishedFile::UnfinishedFile(const std::string& output, Replacing replacing)
    : final_path_(replacing == Replacing::kOurOwn ? output : follow_links(output)), replacing_(replacing) {
  // A file of the same process number may be left from an earlier run (in a container it is always 1).
  constexpr int kAttempts = 1000;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    path_ = unfinished_name(final_path_, attempt);
    const int descriptor = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor >= 0) {
      file_ = std::make_unique<FileOutput>(descriptor, path_, true);
      ::flock(descriptor, LOCK_EX | LOCK_NB);  // a file system without locks only loses the sign of life
      keep_permissions(descriptor);
      return;
    }
    if (errno != EEXIST) break;
  }
  throw_output_error("cannot create " + printable(path_), errno);
}

UnfinishedFile::~UnfinishedFile() {
  if (remove_at_end_) ::unlink(path_.c_str());
}

void UnfinishedFile::keep_permissions(int descriptor) const {
  struct stat replaced {};
  if (replacing_ != Replacing::kAsAsked || ::stat(final_path_.c_str(), &replaced) != 0) return;
  if (::fchmod(descriptor, replaced.st_mode & 07777) != 0)
    log_debug("the permissions of the replaced file could not be kept");
}

void UnfinishedFile::seal() {
  file_->synchronize();
  file_->close();
}

void UnfinishedFile::publish() {
  const int error_number = replacing_ == Replacing::kNothing
                               ? rename_without_replacing(path_, final_path_)
                               : (::rename(path_.c_str(), final_path_.c_str()) == 0 ? 0 : errno);
  if (error_number == EEXIST) {
    remove_at_end_ = false;  // hours of work: the user decides
    throw Error(ExitCode::kOutputUnwritable,
                printable(final_path_) + " appeared while the work went on and is left alone",
                "the finished file is " + shell_quoted(path_) + "; rename it");
  }
  if (error_number != 0)
    throw_output_error("cannot rename the finished file to " + printable(final_path_), error_number);
  remove_at_end_ = false;
  synchronize_folder_of(final_path_);
}

void UnfinishedFile::keep() {
  remove_at_end_ = false;
  synchronize_folder_of(final_path_);
}

}  // namespace reelface
