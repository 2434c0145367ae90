#include "reelface/core/heap.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cstdlib>

namespace reelface {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kHasOwnHeap = false;  // the sanitizer's
#else
constexpr bool kHasOwnHeap = true;
#endif

long pages_asked_for() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_minflt;
}

/// Pages that the system had to hand out while a block was claimed, written to and freed.
long pages_for_block(std::size_t bytes) {
  constexpr std::size_t kPage = 4096;
  const long before = pages_asked_for();
  auto* const block = static_cast<volatile char*>(std::malloc(bytes));
  for (std::size_t place = 0; place < bytes; place += kPage) block[place] = 1;
  std::free(const_cast<char*>(block));
  return pages_asked_for() - before;
}

TEST(Heap, ALargeBlockIsAskedFromTheSystemOnce) {
  if (!kHasOwnHeap) GTEST_SKIP() << "the sanitizer brings its own heap";
  constexpr std::size_t kBlock = std::size_t{200} << 20;
  keep_freed_memory();
  const long first = pages_for_block(kBlock);
  const long second = pages_for_block(kBlock);
  EXPECT_GT(first, 0);
  EXPECT_LT(50 * second, first);
}

}  // namespace
}  // namespace reelface
