// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace reelface {

/// A path and what it is to the command, for messages: "the report", "the input".
struct PathUse {
  std::string what;
  std::string path;
  bool may_exist = false;  ///< of what is written: whether it may be replaced is asked elsewhere
};

/// The files a command reads and those it will write, all of them. Empty paths, "-" and devices are passed over.
struct CommandPaths {
  std::vector<PathUse> read;
  std::vector<PathUse> written;
  bool overwrite = false;  ///< the user said -y: what is written may replace a file that nothing is read from
};

/// The one check that every command passes before it starts to work: nothing that is written may be a file that is
/// read (compared by device and inode, so links count), or the file of another output, or a folder; its own folder must
/// be there; and it may exist only if `overwrite` is true. Throws Error(kUsage).
void check_paths(const CommandPaths& paths);

/// True for devices, pipes and sockets: written straight through, because there is nothing to rename.
bool is_special_file(const std::string& path);

/// "." for a name without a folder.
std::string folder_of(const std::string& path);

/// Where the bytes really go: renaming over a link would replace the link and leave its target as it was.
/// Throws Error(kUsage) for a circle of links.
std::string follow_links(const std::string& path);

}  // namespace reelface
