// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/torch_device.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <stdlib.h>

#include <fstream>
#include <mutex>

#include "core/instruction_set.h"
#include "core/thread_count.h"
#include "networks/engine/cuda_support.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

std::string value_after_colon(const std::string& line) {
  const std::size_t colon = line.find(':');
  const std::size_t start = colon == std::string::npos ? colon : line.find_first_not_of(" \t", colon + 1);
  return start == std::string::npos ? std::string() : line.substr(start);
}

std::string cpu_model() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (line.rfind("model name", 0) == 0) return value_after_colon(line);
  }
  return "CPU";
}

std::string cpu_description() {
  return cpu_model() + ", " + std::to_string(available_cores()) + " cores" + (cpu_has_fast_bf16() ? ", fast bf16" : "");
}

void warn_about_reference_blas() {
  if (at::hasMKL()) return;
  for (const char* symbol : {"openblas_get_config", "mkl_get_version", "bli_info_get_version_str"}) {
    if (dlsym(RTLD_DEFAULT, symbol) != nullptr) return;
  }
  log_warning(
      "LibTorch runs on the reference BLAS, several times slower than need be; install OpenBLAS "
      "(Debian: apt install libopenblas0-pthread)");
}

}  // namespace

std::vector<DeviceInfo> torch_devices() {
  std::vector<DeviceInfo> devices = {{"cpu", cpu_description(), main_memory_bytes()}};
  const int cards = cuda_card_calls().count();
  for (int i = 0; i < cards; ++i) devices.push_back(describe_cuda_device(i));
  return devices;
}

std::string resolve_torch_device(const std::string& wanted) {
  return resolve_device_among(cuda_card_calls(), wanted);
}

std::string why_no_torch_card() {
  return why_no_card_is_usable(cuda_card_calls());
}

at::Device torch_device(const std::string& resolved_name) {
  return at::Device(resolved_name);
}

std::int64_t main_memory_bytes() {
  std::ifstream info("/proc/meminfo");
  for (std::string line; std::getline(info, line);) {
    if (line.rfind("MemTotal", 0) == 0) return std::strtoll(value_after_colon(line).c_str(), nullptr, 10) * 1024;
  }
  return 0;
}

void use_torch_threads(int threads) {
  thread_local int current = 0;
  if (current != threads) at::set_num_threads(threads);
  current = threads;
}

/// LibTorch looks at its variable once, when it is first asked;
/// NVIDIA's libraries look at theirs when they are first used.
void keep_fp32_exact() {
  ::unsetenv("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE");
  ::setenv("NVIDIA_TF32_OVERRIDE", "0", 1);
  at::Context& context = at::globalContext();
  context.setAllowTF32CuDNN(false);
  context.setAllowTF32CuBLAS(false);
  if (context.allowTF32CuDNN() || context.allowTF32CuBLAS())
    log_warning("LibTorch rounds fp32 to TF32 on graphics cards, as its environment asks");
}

void prepare_torch() {
  static std::once_flag done;
  std::call_once(done, [] {
    warn_about_reference_blas();
    at::globalContext().setDeterministicCuDNN(true);  // the same picture gives the same bits in every run
    keep_fp32_exact();
    // Its threads would come on top of ours, and only the networks' small matrices reach it.
    using SetThreads = void (*)(int);
    if (void* found = dlsym(RTLD_DEFAULT, "openblas_set_num_threads")) reinterpret_cast<SetThreads>(found)(1);
  });
}

}  // namespace reelface
