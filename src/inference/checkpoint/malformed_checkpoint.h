// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "reelface/core/log.h"

namespace reelface {

/// Why a checkpoint is refused, without the file's name: read_checkpoint() puts that in front.
class MalformedCheckpoint : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A name out of an untrusted file, made fit for a one-line message: quoted, printable and short.
inline std::string name_text(std::string_view name) {
  constexpr std::size_t kLongestShown = 80;
  const bool cut = name.size() > kLongestShown;
  return "'" + printable(name.substr(0, kLongestShown)) + (cut ? "...'" : "'");
}

}  // namespace reelface
