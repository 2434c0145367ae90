// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "media/libav/stall_watch.h"

struct AVFormatContext;
struct AVIOContext;

namespace reelface {

/// Where the bytes of an input come from: a file, a pipe, memory. libav never opens anything by name for us, so that a
/// name cannot be taken for a protocol, a pattern or an option, and a file cannot make us open another.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual int read(std::uint8_t* to, int size) = 0;                ///< bytes, or a negative libav error
  virtual std::int64_t seek(std::int64_t offset, int whence) = 0;  ///< as libav's AVIOContext wants it
  virtual bool is_seekable() const = 0;
  virtual bool is_empty() const = 0;            ///< surely without a single byte
  virtual int read_error() const { return 0; }  ///< errno of a failed read, 0 if none failed
};

/// Opens a file by its exact name, or standard input for "-". `watch` must outlive the result.
std::unique_ptr<ByteSource> open_bytes(const std::string& name, const StallWatch& watch);

/// Bytes in memory; for fuzzing and tests.
std::unique_ptr<ByteSource> bytes_in_memory(std::vector<std::uint8_t> bytes);

/// libav's view of a ByteSource.
class ByteStream {
 public:
  explicit ByteStream(std::unique_ptr<ByteSource> source);
  ~ByteStream();
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  AVIOContext* io() const { return io_; }

  /// `format` reads from here, and whatever else its file names stays closed. Before it is opened.
  void be_only_file_of(AVFormatContext& format) const;

  const ByteSource& source() const { return *source_; }

 private:
  std::unique_ptr<ByteSource> source_;
  AVIOContext* io_ = nullptr;
};

}  // namespace reelface
