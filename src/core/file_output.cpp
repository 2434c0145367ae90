// SPDX-License-Identifier: Apache-2.0
#include "core/file_output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

std::string advice_for(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
      return "free some space, or write to another disk";
    case EFBIG:
      return "the file would grow beyond what the file system or a limit (ulimit -f) allows; write to another disk";
    case EACCES:
    case EPERM:
    case EROFS:
      return "check the permissions of the folder, or write somewhere else";
    case ENOENT:
    case ENOTDIR:
      return "make the folder first, or correct the path";
    case EPIPE:
      return "the program that read the output has ended";
    case ENAMETOOLONG:
      return "choose a shorter file name";
    default:
      return "check the disk, or write somewhere else";
  }
}

}  // namespace

void throw_output_error(const std::string& doing, int error_number) {
  throw Error(ExitCode::kOutputUnwritable, doing + ": " + std::strerror(error_number), advice_for(error_number));
}

FileOutput::FileOutput(int descriptor, std::string name, bool close_at_end)
    : descriptor_(descriptor), name_(std::move(name)), close_at_end_(close_at_end) {
  struct stat status {};
  // lseek() succeeds on terminals and some devices without meaning anything, so only regular files count.
  seekable_ = ::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode) && close_at_end_;
}

FileOutput::~FileOutput() {
  if (descriptor_ >= 0 && close_at_end_) ::close(descriptor_);
}

FileOutput::FileOutput(FileOutput&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      name_(std::move(other.name_)),
      close_at_end_(other.close_at_end_),
      seekable_(other.seekable_),
      first_error_(other.first_error_),
      bytes_written_(other.bytes_written_) {}

int FileOutput::write_all(const std::uint8_t* data, std::size_t size) noexcept {
  while (size > 0) {
    const ssize_t written = ::write(descriptor_, data, size);
    if (written < 0) {
      if (errno == EINTR) continue;
      if (first_error_ == 0) first_error_ = errno;
      return -errno;
    }
    data += written;
    bytes_written_ += written;
    size -= static_cast<std::size_t>(written);
  }
  return 0;
}

void FileOutput::write(std::string_view bytes) {
  write_all(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  throw_if_failed();
}

std::int64_t FileOutput::seek(std::int64_t offset, int whence) noexcept {
  const off_t position = ::lseek(descriptor_, offset, whence);
  if (position >= 0) return position;
  if (first_error_ == 0) first_error_ = errno;
  return -errno;
}

std::int64_t FileOutput::size() const noexcept {
  struct stat status {};
  return ::fstat(descriptor_, &status) == 0 ? status.st_size : -errno;
}

void FileOutput::throw_if_failed() const {
  if (first_error_ != 0) throw_output_error("cannot write " + printable(name_), first_error_);
}

void FileOutput::synchronize() {
  throw_if_failed();
  // Pipes and devices have nothing to bring to a disk and say EINVAL or EROFS.
  if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS && errno != ENOTSUP) {
    first_error_ = errno;
    throw_if_failed();
  }
}

void FileOutput::close() {
  if (descriptor_ >= 0 && close_at_end_) {
    // The descriptor is gone even when close() is interrupted: never a second try.
    if (::close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR && first_error_ == 0) first_error_ = errno;
  }
  throw_if_failed();
}

}  // namespace reelface
