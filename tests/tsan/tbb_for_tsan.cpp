// SPDX-License-Identifier: Apache-2.0
// Tells the thread sanitizer what oneTBB guarantees. The distribution's libtbb is not instrumented: the sanitizer
// doesn't see that a task starts after it was spawned, nor that memory comes back only when nobody uses it, and would
// report every hand-over as a race. These functions stand in front of libtbb's and say exactly that much: spawned
// happens before executed, executed happens before the end of waiting. Two groups that pass a step at the same time
// stay unordered, so a race between them is found. Linked into the graph's tests only, and only when they are built
// with -fsanitize=thread.
#include <dlfcn.h>
#include <oneapi/tbb/flow_graph.h>
#include <sanitizer/tsan_interface.h>

#include <cstdint>
#include <cstdlib>
#include <new>

namespace tbb::detail {
namespace {

/// libtbb's own version of the function with this name.
template <typename Function>
Function* behind(const char* name) {
  void* const address = dlsym(RTLD_NEXT, name);
  if (!address) std::abort();  // another libtbb than these names are from
  return reinterpret_cast<Function*>(address);
}

/// Stands for a task between being spawned and being executed.
class SeenTask final : public d1::task {
 public:
  explicit SeenTask(d1::task& seen) : seen_(seen) { __tsan_release(this); }

  d1::task* execute(d1::execution_data& data) override {
    __tsan_acquire(this);
    d1::task* const next = seen_.execute(data);
    delete this;  // not when that has thrown: libtbb cancels the task then
    return next;
  }

  d1::task* cancel(d1::execution_data& data) override {
    __tsan_acquire(this);
    d1::task* const next = seen_.cancel(data);
    delete this;
    return next;
  }

 private:
  d1::task& seen_;
};

/// Each task that is done lowers the count of what is waited for; touching it takes over what they did.
class Acquired {
 public:
  explicit Acquired(d1::wait_context& waited_for) : waited_for_(waited_for) {}
  Acquired(const Acquired&) = delete;
  Acquired& operator=(const Acquired&) = delete;
  ~Acquired() {
    waited_for_.reserve();
    waited_for_.release();
  }

 private:
  d1::wait_context& waited_for_;
};

class NoPool : public d1::small_object_pool {};

void* allocated(d1::small_object_pool*& pool, std::size_t bytes) {
  static NoPool no_pool;
  pool = &no_pool;
  return ::operator new(bytes, std::align_val_t(d1::task_alignment));
}

void freed(void* memory) {
  ::operator delete(memory, std::align_val_t(d1::task_alignment));
}

}  // namespace

namespace r1 {

/// How a flow graph spawns its tasks.
void submit(d1::task& task, d1::task_group_context& context, arena* where, std::uintptr_t is_critical) {
  static auto* const real = behind<void(d1::task&, d1::task_group_context&, arena*, std::uintptr_t)>(
      "_ZN3tbb6detail2r16submitERNS0_2d14taskERNS2_18task_group_contextEPNS1_5arenaEm");
  real(*new SeenTask(task), context, where, is_critical);
}

void wait(d1::wait_context& waited_for, d1::task_group_context& context) {
  static auto* const real = behind<void(d1::wait_context&, d1::task_group_context&)>(
      "_ZN3tbb6detail2r14waitERNS0_2d112wait_contextERNS2_18task_group_contextE");
  const Acquired acquired(waited_for);
  real(waited_for, context);
}

void* allocate(d1::small_object_pool*& pool, std::size_t bytes, const d1::execution_data&) {
  return allocated(pool, bytes);
}
void* allocate(d1::small_object_pool*& pool, std::size_t bytes) {
  return allocated(pool, bytes);
}
void deallocate(d1::small_object_pool&, void* memory, std::size_t, const d1::execution_data&) {
  freed(memory);
}
void deallocate(d1::small_object_pool&, void* memory, std::size_t) {
  freed(memory);
}

}  // namespace r1
}  // namespace tbb::detail
