// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/core/InferenceMode.h>
#include <c10/util/Exception.h>

#include <new>
#include <string>

#include "inference/engine/crop_network.h"
#include "networks/engine/cuda_support.h"
#include "networks/engine/missing_memory.h"
#include "reelface/core/error.h"

namespace reelface {

/// What was claimed for the work is free again by now; what LibTorch keeps of it for later, the libraries beside it may
/// need.
[[noreturn]] inline void throw_missing_memory(const std::string& message) {
  give_back_kept_memory();
  throw DeviceOutOfMemory(message);
}

[[noreturn]] inline void throw_as_ours(const std::string& message) {
  if (tells_of_missing_memory(message)) throw_missing_memory(message);
  throw Error(ExitCode::kInternal, "LibTorch: " + message);
}

/// Calls `work` without LibTorch's book-keeping for training, and turns LibTorch's exceptions into ours: the caller
/// needs to know nothing of LibTorch.
template <class Work>
auto guarded_call(const Work& work) {
  try {
    const c10::InferenceMode no_training;
    return work();
  } catch (const c10::OutOfMemoryError& error) {
    throw_missing_memory(error.what_without_backtrace());
  } catch (const c10::Error& error) {
    // The CPU allocator, older LibTorchs, and CUDA's libraries below the allocator report it as a plain error.
    throw_as_ours(error.what_without_backtrace());
  } catch (const std::bad_alloc&) {
    throw_missing_memory("std::bad_alloc");
  } catch (const Error&) {
    throw;
  } catch (const DeviceOutOfMemory&) {
    throw;
  } catch (const std::exception& error) {
    throw_as_ours(error.what());
  }
}

}  // namespace reelface
