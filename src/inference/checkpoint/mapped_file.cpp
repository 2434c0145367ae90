// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace reelface {
namespace {

/// Far above any face model; keeps sizes and sums of sizes well inside 64 bits.
constexpr std::uint64_t kLargestFile = 4ull << 30;

class OpenFile {
 public:
  // Non-blocking: opening a FIFO without a writer must not hang before it is seen not to be a file.
  explicit OpenFile(const std::string& path) : descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (descriptor_ < 0) throw MalformedCheckpoint(std::string("cannot be opened: ") + std::strerror(errno));
  }
  ~OpenFile() { close(descriptor_); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace

MappedFile::MappedFile(const std::string& path) {
  const OpenFile file(path);
  struct stat facts {};
  if (fstat(file.descriptor(), &facts) != 0) {
    throw MalformedCheckpoint(std::string("cannot be examined: ") + std::strerror(errno));
  }
  if (!S_ISREG(facts.st_mode)) throw MalformedCheckpoint("is not a regular file");
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  if (size == 0) throw MalformedCheckpoint("is empty");
  if (size > kLargestFile) throw MalformedCheckpoint("is larger than 4 GiB");
  void* start = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.descriptor(), 0);
  if (start == MAP_FAILED) throw MalformedCheckpoint(std::string("cannot be mapped: ") + std::strerror(errno));
  bytes_ = {static_cast<const std::byte*>(start), static_cast<std::size_t>(size)};
}

MappedFile::~MappedFile() {
  munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

void MappedFile::let_go(const std::byte* start, std::size_t size) const {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  const std::size_t offset = static_cast<std::size_t>(start - bytes_.data());
  const std::size_t first = (offset + page - 1) / page * page, end = (offset + size) / page * page;
  if (first < end) madvise(const_cast<std::byte*>(bytes_.data()) + first, end - first, MADV_DONTNEED);
}

}  // namespace reelface
