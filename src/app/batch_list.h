#pragma once

#include <string>
#include <vector>

namespace reelface {

/// One film of many, and where it goes.
struct BatchFile {
  std::string input;
  std::string output;
};

/// The films that `list` names: a text file with one on each line, relative to the working folder, empty lines and
/// those that begin with # left out, `-` for stdin; or a folder, whose films are taken with those of its folders, by
/// name. Outputs keep their names, and below a folder their place, in `output_folder`. Throws Error(kUsage) for two
/// with the same output, and Error(kInputUnreadable) if there is no list.
std::vector<BatchFile> read_batch_list(const std::string& list, const std::string& output_folder);

}  // namespace reelface
