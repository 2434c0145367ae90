// SPDX-License-Identifier: Apache-2.0
#include "core/heap.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

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
  tune_heap();
  const long first = pages_for_block(kBlock);
  const long second = pages_for_block(kBlock);
  EXPECT_GT(first, 0);
  EXPECT_LT(50 * second, first);
}

/// Of the heap's addresses, those for which large pages were asked, in kB.
long large_page_kilobytes() {
  std::ifstream maps("/proc/self/smaps");
  long size = 0, sum = 0;
  bool is_heap = false;
  for (std::string line; std::getline(maps, line);) {
    if (line.find('-') < line.find(' ')) is_heap = line.find("[heap]") != std::string::npos;
    if (line.rfind("Size:", 0) == 0) size = std::stol(line.substr(5));
    if (is_heap && line.rfind("VmFlags:", 0) == 0 && line.find(" hg") != std::string::npos) sum += size;
  }
  return sum;
}

TEST(Heap, LargePagesAreAskedForWhereTheSystemHasThem) {
  if (!kHasOwnHeap) GTEST_SKIP() << "the sanitizer brings its own heap";
  if (!std::filesystem::exists("/sys/kernel/mm/transparent_hugepage")) GTEST_SKIP() << "this system has none";
  tune_heap();
  EXPECT_GT(large_page_kilobytes(), 1000 * 1000);
}

}  // namespace
}  // namespace reelface
