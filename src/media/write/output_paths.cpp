// SPDX-License-Identifier: Apache-2.0
#include "media/write/output_paths.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <utility>

#include "core/path_check.h"
#include "media/write/media_files.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

/// True if the name is what the pattern gives for some number.
bool is_numbered_name(const OutputTarget& target, const std::string& name) {
  const std::string sample = fs::path(picture_path(target, 0)).filename().string();
  // The number is where two samples differ; what is around it is fixed.
  const std::string other = fs::path(picture_path(target, 999999999)).filename().string();
  const auto begin = static_cast<std::size_t>(
      std::mismatch(sample.begin(), sample.end(), other.begin(), other.end()).first - sample.begin());
  const auto tail = static_cast<std::size_t>(
      std::mismatch(sample.rbegin(), sample.rend() - static_cast<std::ptrdiff_t>(begin), other.rbegin(), other.rend())
          .first -
      sample.rbegin());
  if (name.size() <= begin + tail || name.compare(0, begin, sample, 0, begin) != 0) return false;
  if (name.compare(name.size() - tail, tail, sample, sample.size() - tail, tail) != 0) return false;
  const std::string digits = name.substr(begin, name.size() - begin - tail);
  return std::all_of(digits.begin(), digits.end(), [](unsigned char letter) { return std::isdigit(letter) != 0; });
}

std::vector<std::string> numbered_pictures_at(const OutputTarget& target) {
  std::vector<std::string> files;
  std::error_code failure;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_of(picture_path(target, 1)), failure)) {
    if (is_numbered_name(target, entry.path().filename().string())) files.push_back(entry.path().string());
  }
  return files;
}

}  // namespace

std::vector<std::string> replaceable_files(const OutputTarget& target) {
  if (target.kind == OutputTarget::Kind::kStream) return {};
  if (target.kind == OutputTarget::Kind::kPictures) return numbered_pictures_at(target);
  return {target.path};
}

void check_output_paths(const std::string& input, const OutputTarget& target, bool overwrite) {
  CommandPaths paths;
  paths.overwrite = overwrite;
  for (std::string& file : input_files(input)) paths.read.push_back({"the input", std::move(file)});
  for (std::string& file : replaceable_files(target)) paths.written.push_back({"the output", std::move(file)});
  check_paths(paths);
}

}  // namespace reelface
