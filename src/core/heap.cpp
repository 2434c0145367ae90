#include "reelface/core/heap.h"

#include <cstdlib>  // tells which C library this is

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace reelface {

void keep_freed_memory() {
#ifdef __GLIBC__
  // Pictures, crops and tensors are allocated and freed all the time. Without these two limits the large ones (64 MiB
  // and more in a GFPGAN) are mapped, zeroed and unmapped by the system anew each time.
  constexpr int kGibibyte = 1 << 30;
  mallopt(M_MMAP_THRESHOLD, kGibibyte);
  mallopt(M_TRIM_THRESHOLD, kGibibyte);
  // Threads would take heaps of their own, up to eight for each core, and what one has free no other can use. What is
  // claimed is large and seldom enough to share one.
  mallopt(M_ARENA_MAX, 1);
#endif
}

}  // namespace reelface
