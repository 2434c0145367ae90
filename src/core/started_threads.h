// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace reelface {

/// Starts up to `wanted` threads, each of which calls `work` once; the caller joins them. If the system refuses some,
/// it warns and returns those it got, perhaps none: the work must go on with fewer.
std::vector<std::thread> start_threads(std::size_t wanted, const std::function<void()>& work);

/// How many more threads the system would give now, `wanted` at most. For libraries that fail badly when a thread is
/// refused to them. Starts the threads for a moment to find out; warns if there are fewer.
std::size_t threads_to_be_had(std::size_t wanted);

}  // namespace reelface
