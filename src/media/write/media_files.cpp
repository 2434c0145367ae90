// SPDX-License-Identifier: Apache-2.0
#include "media/write/media_files.h"

#include <optional>
#include <utility>

#include "media/formats/picture_list.h"
#include "media/write/output_paths.h"
#include "reelface/core/error.h"

namespace reelface {

std::vector<std::string> input_files(const std::string& input) {
  if (input.empty() || input == "-") return {};
  try {
    if (std::optional<PictureList> pictures = find_pictures(input)) return std::move(pictures->files);
  } catch (const Error&) {
    return {};  // no pictures there: opening says so
  }
  return {input};
}

std::vector<std::string> output_files(const std::string& output, const std::string& container) {
  if (output.empty()) return {};
  return replaceable_files(parse_output(output, container));
}

}  // namespace reelface
