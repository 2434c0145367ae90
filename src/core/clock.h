// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace reelface {

/// Measures the time since it was made; changes of the system's clock do not matter.
class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(Clock::now() - started_).count(); }

 private:
  using Clock = std::chrono::steady_clock;

  Clock::time_point started_ = Clock::now();
};

/// Seconds since 1970 by the system's clock: what machines can compare, as far as their clocks agree.
inline double system_seconds() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace reelface
