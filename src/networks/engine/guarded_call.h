#pragma once

#include <c10/core/InferenceMode.h>
#include <c10/util/Exception.h>

#include <new>
#include <string>

#include "inference/engine/crop_network.h"
#include "reelface/core/error.h"

namespace reelface {

inline bool tells_of_missing_memory(const std::string& message) {
  return message.find("out of memory") != std::string::npos ||
         message.find("can't allocate memory") != std::string::npos;
}

/// Calls `work` without LibTorch's book-keeping for training, and turns LibTorch's exceptions into ours: the caller
/// needs to know nothing of LibTorch.
template <class Work>
auto guarded_call(const Work& work) {
  try {
    const c10::InferenceMode no_training;
    return work();
  } catch (const c10::OutOfMemoryError& error) {
    throw DeviceOutOfMemory(error.what_without_backtrace());
  } catch (const c10::Error& error) {
    // The CPU allocator, and CUDA libraries below the allocator, report it as a plain error.
    const std::string message = error.what_without_backtrace();
    if (tells_of_missing_memory(message)) throw DeviceOutOfMemory(message);
    throw Error(ExitCode::kInternal, "LibTorch: " + message);
  } catch (const std::bad_alloc&) {
    throw DeviceOutOfMemory("std::bad_alloc");
  }
}

}  // namespace reelface
