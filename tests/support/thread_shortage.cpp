#include "support/thread_shortage.h"

#include <dlfcn.h>
#include <pthread.h>

#include <atomic>
#include <cerrno>

namespace reelface::testing {
namespace {

constexpr int kPlenty = 1 << 30;
std::atomic<int> threads_left{kPlenty};

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
  using Create = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  static const auto create = reinterpret_cast<Create>(dlsym(RTLD_NEXT, "pthread_create"));
  if (--reelface::testing::threads_left < 0) return EAGAIN;
  return create(thread, attributes, routine, argument);
}
