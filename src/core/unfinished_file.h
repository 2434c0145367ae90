// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/file_output.h"

namespace reelface {

/// What may have the name that a file is to get.
enum class Replacing {
  kNothing,  ///< what is there stays, whatever happens
  kAsAsked,  ///< the user named the file and said -y; of a link, the file it leads to is replaced
  kOurOwn    ///< the name is one of ours, in a folder of ours; of a link, the link itself is replaced
};

/// kAsAsked if the user has said so.
constexpr Replacing replacing(bool overwrite) {
  return overwrite ? Replacing::kAsAsked : Replacing::kNothing;
}

/// A file that is written as `.<name>.<pid>.part` beside its final place and appears there whole or not at all. Until
/// then it is ours alone, never made through a link, and locked, so that others can tell whether its writer still
/// lives. Destroyed without publish() or keep(), it is removed.
/// Thread-safety: one call at a time.
class UnfinishedFile {
 public:
  /// Creates the unfinished file; throws Error(kOutputUnwritable) if the folder does not let us.
  UnfinishedFile(const std::string& output, Replacing replacing);
  ~UnfinishedFile();
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;

  FileOutput& file() { return *file_; }
  const std::string& path() const { return path_; }
  const std::string& final_path() const { return final_path_; }

  /// To disk and closed; the file can be looked at under path() afterwards.
  void seal();
  /// After seal(): gives the file its name, over what was there only as `replacing` allows.
  void publish();
  /// After seal(): leaves the file under its unfinished name.
  void keep();

 private:
  void keep_permissions(int descriptor) const;

  std::string final_path_;
  std::string path_;
  Replacing replacing_;
  bool remove_at_end_ = true;
  std::unique_ptr<FileOutput> file_;
};

/// The name that an unfinished file of this name is to get; empty for names that none has.
std::string_view name_of_unfinished(std::string_view name);

/// Brings a folder's names to the disk, where its file system can do that.
void synchronize_folder_of(const std::string& path);

/// Whether the process that wrote this unfinished file is gone, as far as its lock tells.
bool is_abandoned(const std::string& path);

}  // namespace reelface
