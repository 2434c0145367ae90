#include "reelface/core/resumable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {

ResumableFile::ResumableFile(std::string path, Start start)
    : path_(std::move(path)), part_path_(path_ + ".part"), keep_(start == Start::kContinue) {
  const int truncation = start == Start::kEmpty ? O_TRUNC : 0;
  descriptor_ = open(part_path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | truncation, 0644);
  if (descriptor_ < 0) fail("cannot be created");
  struct stat facts {};
  if (fstat(descriptor_, &facts) == 0) size_bytes_ = static_cast<std::uint64_t>(facts.st_size);
}

ResumableFile::~ResumableFile() {
  if (descriptor_ < 0) return;
  close(descriptor_);
  if (!keep_ || size_bytes_ == 0) unlink(part_path_.c_str());
}

void ResumableFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(written));
    size_bytes_ += static_cast<std::uint64_t>(written);
  }
}

void ResumableFile::truncate() {
  if (ftruncate(descriptor_, 0) != 0) fail("cannot be emptied");
  size_bytes_ = 0;
}

void ResumableFile::commit() {
  if (fsync(descriptor_) != 0) fail("cannot be flushed to the disk");
  const int descriptor = descriptor_;
  descriptor_ = -1;
  if (close(descriptor) != 0) fail("cannot be closed");
  if (rename(part_path_.c_str(), path_.c_str()) != 0) fail("cannot be renamed");
  // The new name is only safe once its folder is on the disk too; a file system that cannot do that is not an error.
  const std::string folder = std::filesystem::path(path_).parent_path().string();
  const int folder_descriptor = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder_descriptor >= 0) {
    fsync(folder_descriptor);
    close(folder_descriptor);
  }
}

void ResumableFile::discard() {
  keep_ = false;
}

void ResumableFile::fail(const std::string& what) const {
  throw Error(ExitCode::kOutputUnwritable, printable(part_path_) + ": " + what + ": " + std::strerror(errno),
              "check that the folder exists, may be written to and has room");
}

}  // namespace reelface
