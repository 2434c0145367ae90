#include "reelface/core/thread_budget.h"

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
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return std::max(1, CPU_COUNT(&allowed));
#endif
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

ThreadBudget share_threads(int requested) {
  ThreadBudget budget;
  budget.total = requested > 0 ? requested : available_cores();
  budget.graph = budget.total;
  budget.decoder = budget.total;
  budget.encoder = budget.total;
  budget.opencv = 1;
  budget.inference = budget.total;
  return budget;
}

}  // namespace reelface
