// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace reelface {

/// An open file descriptor that is written to: a `.part` file, a device or standard output. Remembers the first error,
/// because libav reports some write errors late and a few not at all. Thread-safety: one call at a time.
class FileOutput {
 public:
  /// Takes the descriptor over; `close_at_end` is false for standard output.
  FileOutput(int descriptor, std::string name, bool close_at_end);
  ~FileOutput();
  FileOutput(FileOutput&& other) noexcept;
  FileOutput& operator=(FileOutput&&) = delete;

  /// Writes all bytes. Returns 0 or a negative errno, for libav's callbacks.
  int write_all(const std::uint8_t* data, std::size_t size) noexcept;
  /// The same for callers without callbacks; throws Error(kOutputUnwritable).
  void write(std::string_view bytes);
  /// Returns the new position or a negative errno.
  std::int64_t seek(std::int64_t offset, int whence) noexcept;
  /// Length of the file so far, or a negative errno.
  std::int64_t size() const noexcept;

  bool seekable() const noexcept { return seekable_; }
  int first_error() const noexcept { return first_error_; }
  /// Bytes handed to the system, those written twice counted twice.
  std::int64_t bytes_written() const noexcept { return bytes_written_; }
  const std::string& name() const noexcept { return name_; }

  /// Asks the system to bring the bytes to the disk; throws Error(kOutputUnwritable) if that or an earlier write
  /// failed.
  void synchronize();
  /// Closes and throws if that, or anything before, failed: network file systems report a full disk only here.
  void close();
  /// Throws if any write so far has failed.
  void throw_if_failed() const;

 private:
  int descriptor_;
  std::string name_;
  bool close_at_end_;
  bool seekable_ = false;
  int first_error_ = 0;
  std::int64_t bytes_written_ = 0;
};

/// Error(kOutputUnwritable) "<doing>: <the system's words>" with advice that fits the errno.
[[noreturn]] void throw_output_error(const std::string& doing, int error_number);

}  // namespace reelface
