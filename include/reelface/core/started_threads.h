#pragma once

#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace reelface {

/// Threads of which each calls `work` once; who asked for them joins them. Up to `wanted`: where the system gives no
/// more, those that it gave do all there is to do, and a warning says so. There may be none at all.
std::vector<std::thread> start_threads(std::size_t wanted, const std::function<void()>& work);

/// How many threads more the system would give now, `wanted` at most: for libraries that come to grief where they cannot
/// start what they were told to. Starts them for a moment; warns if they are fewer.
std::size_t threads_to_be_had(std::size_t wanted);

}  // namespace reelface
