// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace reelface::testing {

/// While it lives, the process can have only so many threads more at a time; then the system refuses, as it does
/// where the number of processes or memory is limited. One at a time.
class ThreadShortage {
 public:
  explicit ThreadShortage(int threads_left);
  ~ThreadShortage();
  ThreadShortage(const ThreadShortage&) = delete;
  ThreadShortage& operator=(const ThreadShortage&) = delete;
};

}  // namespace reelface::testing
