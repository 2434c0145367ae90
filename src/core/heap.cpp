// SPDX-License-Identifier: Apache-2.0
#include "core/heap.h"

#include <cstdint>
#include <cstdlib>  // tells which C library this is

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#endif

// The sanitizer brings a heap of its own, which is not asked.
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#define REELFACE_TUNES_HEAP
#endif

namespace reelface {
#ifdef REELFACE_TUNES_HEAP
namespace {

constexpr int kGibibyte = 1 << 30;

/// Pictures, crops and tensors are allocated and freed all the time. Without these two limits the large ones (64 MiB
/// and more in a GFPGAN) are mapped, zeroed and unmapped by the system anew each time.
void keep_freed_memory() {
  mallopt(M_MMAP_THRESHOLD, kGibibyte);
  mallopt(M_TRIM_THRESHOLD, kGibibyte);
}

/// Threads would take heaps of their own, up to eight for each core, and what one has free no other can use. What is
/// claimed is large and seldom enough to share one.
void share_one_heap() {
  mallopt(M_ARENA_MAX, 1);
}

/// The heap grows to its later size at once, in addresses only, so that these can be marked. What grows beyond has
/// pages of the usual size.
void ask_for_large_pages() {
  constexpr std::size_t kReserved = kGibibyte - (std::size_t{1} << 20);  // more would be mapped outside of the heap
  constexpr std::uintptr_t kLargePage = std::uintptr_t{2} << 20;
  void* const reserved = std::malloc(kReserved);
  if (!reserved) return;  // addresses are limited here
  const auto place = reinterpret_cast<std::uintptr_t>(reserved);
  const std::uintptr_t first = (place + kLargePage - 1) / kLargePage * kLargePage;
  const std::uintptr_t end = (place + kReserved) / kLargePage * kLargePage;
  // A wish: nothing is lost if it is not granted.
  madvise(static_cast<char*>(reserved) + (first - place), end - first, MADV_HUGEPAGE);
  std::free(reserved);
}

}  // namespace

void tune_heap() {
  keep_freed_memory();
  share_one_heap();
  ask_for_large_pages();
}
#else
void tune_heap() {}
#endif

}  // namespace reelface
