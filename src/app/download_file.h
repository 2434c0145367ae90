// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace reelface {

/// A file that is fetched as `path`.part, over several attempts if need be, and takes its name only when it is
/// complete. The part is locked: of two processes that fetch the same file one is refused. A link, a file with further
/// names and a file of somebody else are refused too: nothing is written into them. Thread-safety: one thread at a
/// time. Throws Error(kOutputUnwritable), Error(kTryAgain) while another process has it.
class DownloadFile {
 public:
  /// What an earlier attempt has written stays.
  explicit DownloadFile(std::string path);
  /// An uncommitted file stays if it holds anything.
  ~DownloadFile();
  DownloadFile(const DownloadFile&) = delete;
  DownloadFile& operator=(const DownloadFile&) = delete;

  std::uint64_t size_bytes() const { return size_bytes_; }

  void write(std::string_view bytes);
  void truncate();
  /// Of the bytes in the very file that is written, whatever its name leads to by now.
  std::string sha256() const;
  /// Flushes to the disk and renames.
  void commit();
  /// Removes what was written.
  void discard();

 private:
  void open();
  void require_ours() const;
  [[noreturn]] void fail(const std::string& what) const;

  std::string path_;
  std::string part_path_;
  int descriptor_ = -1;
  std::uint64_t size_bytes_ = 0;
  bool keep_ = true;
};

}  // namespace reelface
