// SPDX-License-Identifier: Apache-2.0
#include "media/libav/byte_stream.h"

extern "C" {
#include <libavformat/avformat.h>
#include <libavformat/avio.h>
#include <libavutil/error.h>
#include <libavutil/mem.h>
}

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <utility>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr int kStreamBufferBytes = 64 * 1024;
constexpr int kPollMilliseconds = 100;  // how soon a stop request is noticed on a silent pipe

class DescriptorSource final : public ByteSource {
 public:
  DescriptorSource(int descriptor, bool owned, const StallWatch& watch)
      : descriptor_(descriptor), owned_(owned), watch_(watch) {
    struct stat status {};
    if (fstat(descriptor_, &status) == 0 && (S_ISREG(status.st_mode) || S_ISBLK(status.st_mode))) {
      waits_ = false;
      // A shell may hand over a file that is already partly read; its absolute offsets would then be wrong.
      seekable_ = lseek(descriptor_, 0, SEEK_CUR) == 0;
      size_ = S_ISREG(status.st_mode) ? status.st_size : -1;
    }
  }
  ~DescriptorSource() override {
    if (owned_) close(descriptor_);
  }

  int read(std::uint8_t* to, int size) override {
    while (true) {
      if (waits_ && !wait_for_data()) return AVERROR_EXIT;
      const ssize_t count = ::read(descriptor_, to, static_cast<std::size_t>(size));
      if (count > 0) return static_cast<int>(count);
      if (count == 0) return AVERROR_EOF;
      if (errno == EINTR || errno == EAGAIN) {
        if (watch_.must_stop()) return AVERROR_EXIT;
        continue;
      }
      error_ = errno;
      return AVERROR(error_);
    }
  }

  std::int64_t seek(std::int64_t offset, int whence) override {
    if (whence == AVSEEK_SIZE) return size_ >= 0 ? size_ : AVERROR(ENOSYS);
    const off_t position = lseek(descriptor_, offset, whence & ~AVSEEK_FORCE);
    return position >= 0 ? position : AVERROR(errno);
  }

  bool is_seekable() const override { return seekable_; }
  bool is_empty() const override { return size_ == 0; }
  int read_error() const override { return error_; }

 private:
  bool wait_for_data() const {
    pollfd wanted{descriptor_, POLLIN, 0};
    while (!watch_.must_stop()) {
      if (poll(&wanted, 1, kPollMilliseconds) > 0) return true;
    }
    return false;
  }

  int descriptor_;
  bool owned_;
  const StallWatch& watch_;
  bool waits_ = true;
  bool seekable_ = false;
  std::int64_t size_ = -1;
  int error_ = 0;
};

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::vector<std::uint8_t> bytes) : bytes_(std::move(bytes)) {}

  int read(std::uint8_t* to, int size) override {
    const auto left = static_cast<std::int64_t>(bytes_.size()) - position_;
    const auto count = std::min<std::int64_t>(left, size);
    if (count <= 0) return AVERROR_EOF;
    std::memcpy(to, bytes_.data() + position_, static_cast<std::size_t>(count));
    position_ += count;
    return static_cast<int>(count);
  }

  std::int64_t seek(std::int64_t offset, int whence) override {
    const auto size = static_cast<std::int64_t>(bytes_.size());
    if (whence == AVSEEK_SIZE) return size;
    const int origin = whence & ~AVSEEK_FORCE;
    std::int64_t target = offset;
    if (origin == SEEK_CUR) target = position_ + offset;
    if (origin == SEEK_END) target = size + offset;
    if (target < 0 || target > size) return AVERROR(EINVAL);
    position_ = target;
    return target;
  }

  bool is_seekable() const override { return true; }
  bool is_empty() const override { return bytes_.empty(); }

 private:
  std::vector<std::uint8_t> bytes_;
  std::int64_t position_ = 0;
};

int read_from(void* source, std::uint8_t* to, int size) {
  return static_cast<ByteSource*>(source)->read(to, size);
}

std::int64_t seek_in(void* source, std::int64_t offset, int whence) {
  return static_cast<ByteSource*>(source)->seek(offset, whence);
}

/// Instead of libav's own.
int open_nothing(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

}  // namespace

std::unique_ptr<ByteSource> open_bytes(const std::string& name, const StallWatch& watch) {
  if (name == "-") return std::make_unique<DescriptorSource>(STDIN_FILENO, false, watch);
  // Without O_NONBLOCK, opening a named pipe would wait for its writer where no stop request can reach us.
  const int descriptor = open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    const int error = errno;
    throw Error(ExitCode::kInputUnreadable, "cannot open '" + printable(name) + "': " + std::strerror(error),
                error == ENOENT ? "check the name" : "check the file's permissions");
  }
  return std::make_unique<DescriptorSource>(descriptor, true, watch);
}

std::unique_ptr<ByteSource> bytes_in_memory(std::vector<std::uint8_t> bytes) {
  return std::make_unique<MemorySource>(std::move(bytes));
}

ByteStream::ByteStream(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {
  auto* buffer = static_cast<unsigned char*>(av_malloc(kStreamBufferBytes));
  if (!buffer) throw std::bad_alloc();
  io_ = avio_alloc_context(buffer, kStreamBufferBytes, 0, source_.get(), read_from, nullptr,
                           source_->is_seekable() ? seek_in : nullptr);
  if (!io_) {
    av_free(buffer);
    throw std::bad_alloc();
  }
}

void ByteStream::be_only_file_of(AVFormatContext& format) const {
  format.pb = io_;
  format.io_open = open_nothing;
  // For what would go past io_open: no protocol has this name.
  av_freep(&format.protocol_whitelist);
  format.protocol_whitelist = av_strdup("none");
  if (!format.protocol_whitelist) throw std::bad_alloc();
}

ByteStream::~ByteStream() {
  av_freep(&io_->buffer);  // libav may have replaced the one it was given
  avio_context_free(&io_);
}

}  // namespace reelface
