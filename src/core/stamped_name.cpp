// SPDX-License-Identifier: Apache-2.0
#include "core/stamped_name.h"

#include <optional>

#include "reelface/core/file_stamp.h"

namespace reelface {

std::string stamped_name(const std::string& text) {
  const std::optional<FileStamp> stamp = text.find('/') == 0 ? stamp_of(text) : std::nullopt;
  return stamp ? text + " " + std::to_string(stamp->bytes) + " " + std::to_string(stamp->modified_nanoseconds) : text;
}

}  // namespace reelface
