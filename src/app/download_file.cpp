// SPDX-License-Identifier: Apache-2.0
#include "app/download_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "core/sha256.h"
#include "core/unfinished_file.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {

DownloadFile::DownloadFile(std::string path) : path_(std::move(path)), part_path_(path_ + ".part") {
  try {
    open();
  } catch (...) {
    if (descriptor_ >= 0) ::close(descriptor_);
    throw;
  }
}

void DownloadFile::open() {
  descriptor_ = ::open(part_path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644);
  if (descriptor_ < 0 && errno == ELOOP) {
    throw Error(ExitCode::kOutputUnwritable, printable(part_path_) + " is a link, and links are not written through",
                "remove it");
  }
  if (descriptor_ < 0) fail("cannot be created");
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    throw Error(ExitCode::kTryAgain, "another process fetches " + printable(path_), "wait for it, or stop it");
  require_ours();
  struct stat facts {};
  if (::fstat(descriptor_, &facts) == 0) size_bytes_ = static_cast<std::uint64_t>(facts.st_size);
}

void DownloadFile::require_ours() const {
  struct stat opened {};
  struct stat named {};
  const bool is_same = ::fstat(descriptor_, &opened) == 0 && ::lstat(part_path_.c_str(), &named) == 0 &&
                       opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
  // Who had the lock before may have finished: the file then has its name, and this is no part any more.
  if (!is_same)
    throw Error(ExitCode::kTryAgain, "another process has just fetched " + printable(path_), "run the command again");
  if (S_ISREG(opened.st_mode) && opened.st_nlink == 1 && opened.st_uid == ::geteuid()) return;
  throw Error(ExitCode::kOutputUnwritable, printable(part_path_) + " is in the way and was not made by this program",
              "move it, or set REELFACE_MODELS to another folder");
}

DownloadFile::~DownloadFile() {
  if (descriptor_ < 0) return;
  if (!keep_ || size_bytes_ == 0) ::unlink(part_path_.c_str());  // before the lock goes
  ::close(descriptor_);
}

void DownloadFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(written));
    size_bytes_ += static_cast<std::uint64_t>(written);
  }
}

void DownloadFile::truncate() {
  if (::ftruncate(descriptor_, 0) != 0) fail("cannot be emptied");
  size_bytes_ = 0;
}

std::string DownloadFile::sha256() const {
  Sha256 hash;
  std::vector<char> buffer(std::size_t{1} << 18);
  off_t place = 0;
  while (true) {
    const ssize_t size = ::pread(descriptor_, buffer.data(), buffer.size(), place);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) fail("cannot be read back");
    if (size == 0) return hash.finish();
    hash.update(buffer.data(), static_cast<std::size_t>(size));
    place += size;
  }
}

void DownloadFile::commit() {
  if (::fsync(descriptor_) != 0) fail("cannot be flushed to the disk");
  if (::rename(part_path_.c_str(), path_.c_str()) != 0) fail("cannot be renamed");
  const int descriptor = std::exchange(descriptor_, -1);
  if (::close(descriptor) != 0) fail("cannot be closed");
  synchronize_folder_of(path_);
}

void DownloadFile::discard() {
  keep_ = false;
}

void DownloadFile::fail(const std::string& what) const {
  throw Error(ExitCode::kOutputUnwritable, printable(part_path_) + ": " + what + ": " + std::strerror(errno),
              "check that the folder exists, may be written to and has room");
}

}  // namespace reelface
