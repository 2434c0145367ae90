// SPDX-License-Identifier: Apache-2.0
#include "support/thread_shortage.h"

#include <dlfcn.h>
#include <pthread.h>

#include <atomic>
#include <cerrno>
#include <memory>

namespace reelface::testing {
namespace {

constexpr int kPlenty = 1 << 30;
std::atomic<int> threads_left{kPlenty};

/// What a thread was started for. When it is done, another one may be started.
struct Errand {
  void* (*routine)(void*);
  void* argument;
};

void* run_errand(void* given) {
  const std::unique_ptr<Errand> errand(static_cast<Errand*>(given));
  void* result = errand->routine(errand->argument);
  ++threads_left;
  return result;
}

int start(pthread_t* thread, const pthread_attr_t* attributes, Errand errand) {
  using Create = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  static const auto create = reinterpret_cast<Create>(dlsym(RTLD_NEXT, "pthread_create"));
  if (--threads_left < 0) {
    ++threads_left;
    return EAGAIN;
  }
  auto given = std::make_unique<Errand>(errand);
  const int result = create(thread, attributes, run_errand, given.get());
  if (result == 0) static_cast<void>(given.release());
  return result;
}

}  // namespace

ThreadShortage::ThreadShortage(int left) {
  threads_left = left;
}
ThreadShortage::~ThreadShortage() {
  threads_left = kPlenty;
}

}  // namespace reelface::testing

/// In place of the system's, which it calls.
extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*routine)(void*),
                              void* argument) {
  return reelface::testing::start(thread, attributes, {routine, argument});
}
