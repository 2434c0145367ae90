// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/cuda_support.h"

#ifdef REELFACE_WITH_CUDA
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAGuard.h>
#include <cuda_runtime_api.h>

#include <map>
#include <mutex>
#include <stdexcept>
#endif

namespace reelface {

#ifdef REELFACE_WITH_CUDA
namespace {

/// One of nine ones, whose middle number is known.
void convolve_on(int index) {
  const at::Device device(at::kCUDA, static_cast<c10::DeviceIndex>(index));
  const c10::cuda::CUDAGuard on_device(device);
  const auto ones = at::TensorOptions().device(device).dtype(at::kFloat);
  const at::Tensor result = at::conv2d(at::ones({1, 16, 8, 8}, ones), at::ones({16, 16, 3, 3}, ones), {}, 1, 1);
  if (result[0][0][4][4].item<float>() != 16 * 9) throw std::runtime_error("its result is wrong");
}

/// Throws again what a card has once answered: trying takes time, and what is asked of it must not depend on when.
void convolve_once_on(int index) {
  static std::mutex mutex;
  static std::map<int, std::string> problems;
  const std::lock_guard lock(mutex);
  auto known = problems.find(index);
  if (known == problems.end()) {
    std::string problem;
    try {
      convolve_on(index);
    } catch (const c10::Error& error) {
      problem = error.what_without_backtrace();
    } catch (const std::exception& error) {
      problem = error.what();
    }
    known = problems.emplace(index, problem).first;
  }
  if (!known->second.empty()) throw std::runtime_error(known->second);
}

}  // namespace

DeviceInfo describe_cuda_device(int index) {
  DeviceInfo info = {"cuda:" + std::to_string(index), "CUDA device", 0};
  cudaDeviceProp properties;
  if (cudaGetDeviceProperties(&properties, index) == cudaSuccess) {
    info.description = std::string(properties.name) + ", compute capability " + std::to_string(properties.major) + "." +
                       std::to_string(properties.minor);
    info.memory_bytes = static_cast<std::int64_t>(properties.totalGlobalMem);
  }
  return info;
}

CardCalls cuda_card_calls() {
  CardCalls calls;
  calls.count = [] { return at::hasCUDA() ? static_cast<int>(at::detail::getCUDAHooks().getNumGPUs()) : 0; };
  calls.description = [](int index) { return describe_cuda_device(index).description; };
  calls.convolve = convolve_once_on;
  cudaDriverGetVersion(&calls.driver_version);
  cudaRuntimeGetVersion(&calls.runtime_version);
  return calls;
}

void give_back_kept_memory() {
  if (at::hasCUDA() && at::globalContext().hasCUDA()) c10::cuda::CUDACachingAllocator::emptyCache();
}

#else

DeviceInfo describe_cuda_device(int index) {
  return {"cuda:" + std::to_string(index), "CUDA device", 0};
}

CardCalls cuda_card_calls() {
  return {[] { return 0; }, [](int) { return std::string(); }, [](int) {}};
}

void give_back_kept_memory() {}

#endif

}  // namespace reelface
