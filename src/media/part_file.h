#pragma once

#include <memory>
#include <string>

#include "media/file_output.h"

namespace reelface {

/// Throws Error(kUsage) if `output` cannot or must not be written: it is `input` itself (compared by device and inode,
/// so links count), a folder, in a folder that is not there, or exists and `overwrite` is false.
/// `input` may be empty, "-" or a pattern.
void check_output_path(const std::string& output, const std::string& input, bool overwrite);

/// True if both names lead to the same file, whatever links are between.
bool is_same_file(const std::string& first, const std::string& second);

/// True for devices, pipes and sockets: written straight through, because there is nothing to rename.
bool is_special_file(const std::string& path);

/// A file that is written as `.<name>.<pid>.part` beside its final place and appears there whole or not at all.
/// Destroyed without publish() or keep(), it is removed. Thread-safety: one call at a time.
class PartFile {
 public:
  /// Creates the part file; throws Error(kOutputUnwritable) if the folder does not let us.
  PartFile(const std::string& output, bool overwrite);
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  FileOutput& file() { return *file_; }
  const std::string& part_path() const { return part_path_; }
  const std::string& final_path() const { return final_path_; }

  /// To disk and closed; the file can be looked at under part_path() afterwards.
  void seal();
  /// After seal(): gives the file its name, never over a file that appeared meanwhile unless `overwrite` was set.
  void publish();
  /// After seal(): leaves the file under its part name.
  void keep();

 private:
  std::string final_path_;
  std::string part_path_;
  bool overwrite_;
  bool remove_at_end_ = true;
  std::unique_ptr<FileOutput> file_;
};

}  // namespace reelface
