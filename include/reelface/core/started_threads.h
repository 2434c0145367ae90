#pragma once

#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace reelface {

/// Threads of which each calls `work` once; who asked for them joins them. Up to `wanted`: where the system gives no
/// more, those that it gave do all there is to do, and a warning says so. There may be none at all.
std::vector<std::thread> start_threads(std::size_t wanted, const std::function<void()>& work);

}  // namespace reelface
