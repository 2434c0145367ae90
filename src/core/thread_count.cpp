// SPDX-License-Identifier: Apache-2.0
#include "core/thread_count.h"

#include <algorithm>
#include <thread>

#ifdef __linux__
#include <sched.h>
#endif

namespace reelface {

int available_cores() {
#ifdef __linux__
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return std::clamp(CPU_COUNT(&allowed), 1, kMostThreads);
#endif
  constexpr unsigned kMost = kMostThreads;
  return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, kMost));
}

int threads_to_use(int requested) {
  return requested > 0 ? std::min(requested, kMostThreads) : available_cores();
}

}  // namespace reelface
