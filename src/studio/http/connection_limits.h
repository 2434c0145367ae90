// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>

namespace reelface {

/// What one connection may take: bytes and time, of the whole request and of the whole answer. A request that comes
/// byte by byte, or never ends, is over when one of them is used up.
struct ConnectionLimits {
  std::size_t most_bytes = std::size_t{128} << 10;
  std::chrono::milliseconds longest_request{5000};
  std::chrono::milliseconds longest_answer{60000};
  std::size_t threads = 48;       ///< connections that are answered at once
  std::size_t most_waiting = 48;  ///< more are closed as they come
};

}  // namespace reelface
