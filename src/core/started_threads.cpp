// SPDX-License-Identifier: Apache-2.0
#include "core/started_threads.h"

#include <future>
#include <new>
#include <string>
#include <system_error>

#include "reelface/core/log.h"

namespace reelface {
namespace {

void tell_of_fewer(std::size_t started, std::size_t wanted) noexcept {
  try {
    log_warning("the system gave " + std::to_string(started) + " threads instead of " + std::to_string(wanted) +
                "; going on with those");
  } catch (...) {
    return;  // memory is what was short; the work is more important than the words
  }
}

}  // namespace

std::vector<std::thread> start_threads(std::size_t wanted, const std::function<void()>& work) {
  std::vector<std::thread> threads;
  threads.reserve(wanted);  // once one runs nothing may throw: a running thread that is destroyed ends the program
  try {
    while (threads.size() < wanted) threads.emplace_back(work);
  } catch (const std::system_error&) {
    tell_of_fewer(threads.size(), wanted);
  } catch (const std::bad_alloc&) {
    tell_of_fewer(threads.size(), wanted);
  }
  return threads;
}

std::size_t threads_to_be_had(std::size_t wanted) {
  std::promise<void> all_are_started;
  const std::shared_future<void> go = all_are_started.get_future().share();
  std::vector<std::thread> threads = start_threads(wanted, [go] { go.wait(); });
  all_are_started.set_value();
  for (std::thread& thread : threads) thread.join();
  return threads.size();
}

}  // namespace reelface
