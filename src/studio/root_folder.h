// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace reelface {

/// What the studio keeps lies in it.
inline constexpr const char* kOwnFolder = ".reelface-studio";

struct FolderEntry {
  std::string name;
  bool is_folder = false;
  std::int64_t bytes = 0;
};

/// The folder outside of which nothing is read or written. Paths inside it are told with slashes, from the folder.
class RootFolder {
 public:
  /// Throws Error(kUsage) if there is no such folder.
  explicit RootFolder(const std::string& path);

  const std::string& path() const { return path_; }

  /// Where a file or folder really is, all links followed. Throws Error(kInputUnreadable) if it is not there, and just
  /// so if it is outside.
  std::string existing(const std::string& inside) const;

  /// The same, and it is an ordinary file.
  std::string existing_file(const std::string& inside) const;

  /// What a path from the system's root is called here. Throws as existing() does.
  std::string inside_of(const std::string& path) const;

  /// The folder for what the studio keeps, made with the first thing to keep. Throws Error(kOutputUnwritable).
  std::string own_folder() const;

  /// Folders and files of a folder, in order, without those whose names begin with a dot; the first few thousand. Links
  /// that lead out are left out.
  std::vector<FolderEntry> list(const std::string& inside) const;

 private:
  bool holds(const std::string& real_path) const;

  std::string path_;  ///< real, without a slash at its end unless it is "/"
};

}  // namespace reelface
