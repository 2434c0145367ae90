#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace reelface {

/// A file that is written as `path`.part and takes its name only when it is complete.
/// Thread-safety: one thread at a time. Throws Error(kOutputUnwritable).
class ResumableFile {
 public:
  enum class Start { kEmpty, kContinue };

  /// With kContinue, what an earlier attempt has written stays.
  ResumableFile(std::string path, Start start);
  /// An uncommitted file stays if it was opened to be continued and holds anything, else it goes.
  ~ResumableFile();
  ResumableFile(const ResumableFile&) = delete;
  ResumableFile& operator=(const ResumableFile&) = delete;

  const std::string& part_path() const { return part_path_; }
  std::uint64_t size_bytes() const { return size_bytes_; }

  void write(std::string_view bytes);
  void truncate();
  /// Flushes to the disk and renames.
  void commit();
  /// Removes what was written.
  void discard();

 private:
  [[noreturn]] void fail(const std::string& what) const;

  std::string path_;
  std::string part_path_;
  int descriptor_ = -1;
  std::uint64_t size_bytes_ = 0;
  bool keep_ = false;
};

}  // namespace reelface
