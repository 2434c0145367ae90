#pragma once

#include <cstddef>
#include <functional>

namespace reelface {

/// Calls work(0) ... work(count - 1), each once, on up to `threads` threads, and waits for all; the calling thread is
/// one of them, and does it alone where the system gives no others. The first exception (by index) is thrown again once
/// they have ended.
void run_in_parallel(std::size_t count, int threads, const std::function<void(std::size_t)>& work);

}  // namespace reelface
