#include "networks/engine/torch_device.h"

#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <dlfcn.h>

#include <fstream>
#include <mutex>

#include "core/instruction_set.h"
#include "core/thread_count.h"
#include "networks/engine/cuda_support.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

int cuda_device_count() {
  return at::hasCUDA() ? static_cast<int>(at::detail::getCUDAHooks().getNumGPUs()) : 0;
}

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

[[noreturn]] void refuse_device(const std::string& wanted, const std::string& reason) {
  throw Error(ExitCode::kUsage, "device '" + printable(wanted) + "' " + reason,
              "`reelface devices` lists what is there; --device cpu works everywhere");
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
  for (int i = 0; i < cuda_device_count(); ++i) {
    devices.push_back(describe_cuda_device(i));
  }
  return devices;
}

std::string resolve_torch_device(const std::string& wanted) {
  const int cuda_devices = cuda_device_count();
  if (wanted == "cpu") return wanted;
  if (wanted == "auto") return cuda_devices > 0 ? "cuda:0" : "cpu";
  std::string number = "0";
  if (wanted.rfind("cuda:", 0) == 0)
    number = wanted.substr(5);
  else if (wanted != "cuda")
    refuse_device(wanted,
                  "is not known; devices are auto, cpu, cuda, cuda:N, several of them with commas, and cuda:all");
  if (number.empty() || number.size() > 3 || number.find_first_not_of("0123456789") != std::string::npos) {
    refuse_device(wanted, "has no valid number");
  }
  if (std::stoi(number) >= cuda_devices) {
    refuse_device(wanted, "is not there: this LibTorch sees " + std::to_string(cuda_devices) + " CUDA devices");
  }
  return "cuda:" + std::to_string(std::stoi(number));
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

void prepare_torch() {
  static std::once_flag done;
  std::call_once(done, [] {
    warn_about_reference_blas();
    // The same picture gives the same bits in every run, and fp32 means fp32, not TF32.
    at::globalContext().setDeterministicCuDNN(true);
    at::globalContext().setAllowTF32CuDNN(false);
    // Its threads would come on top of ours, and only the networks' small matrices reach it.
    using SetThreads = void (*)(int);
    if (void* found = dlsym(RTLD_DEFAULT, "openblas_set_num_threads")) reinterpret_cast<SetThreads>(found)(1);
  });
}

}  // namespace reelface
