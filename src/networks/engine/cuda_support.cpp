#include "networks/engine/cuda_support.h"

#ifdef REELFACE_WITH_CUDA
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAGuard.h>
#include <cuda_runtime_api.h>

#include <vector>

#include "reelface/core/log.h"
#endif

namespace reelface {

RepeatedCall::RepeatedCall(RepeatedCall&&) noexcept = default;
RepeatedCall::~RepeatedCall() = default;

at::Tensor RepeatedCall::operator()(const at::Tensor& input) const {
  return input.is_cuda() ? call_recorded(input) : function_(input);
}

#ifdef REELFACE_WITH_CUDA

struct RepeatedCall::Recording {
  std::vector<std::int64_t> shape;  ///< of the input it was made for; empty = none yet
  bool is_good = false;
  std::unique_ptr<at::cuda::CUDAGraph> graph;
  at::Tensor input;
  at::Tensor output;
};

namespace {

/// Records `function` on a stream of its own; throws whatever goes wrong, with the recording ended.
void record(const RepeatedCall::Function& function, at::cuda::CUDAGraph& graph, const at::Tensor& input,
            at::Tensor& output) {
  const c10::cuda::CUDAStreamGuard on_stream(c10::cuda::getStreamFromPool());
  graph.capture_begin();
  try {
    output = function(input);
  } catch (...) {
    try {
      graph.capture_end();
    } catch (const c10::Error&) {  // the first problem is the one to tell
    }
    throw;
  }
  graph.capture_end();
}

}  // namespace

RepeatedCall::RepeatedCall(Function function)
    : function_(std::move(function)), recording_(std::make_unique<Recording>()) {}

at::Tensor RepeatedCall::call_recorded(const at::Tensor& input) const {
  Recording& recording = *recording_;
  const c10::cuda::CUDAGuard on_device(input.device());
  if (recording.shape != input.sizes().vec()) {
    // The first plain call also lets the libraries choose their kernels and claim their work space, which a recording
    // must not do.
    const at::Tensor plain = function_(input).clone();
    recording = Recording();
    recording.shape = input.sizes().vec();
    try {
      recording.graph = std::make_unique<at::cuda::CUDAGraph>();
      recording.input = input.clone();
      cudaDeviceSynchronize();
      record(function_, *recording.graph, recording.input, recording.output);
      recording.graph->replay();
      recording.is_good = at::equal(recording.output, plain);
    } catch (const c10::Error& error) {
      log_debug(std::string("no CUDA graph: ") + error.what_without_backtrace());
    }
    if (!recording.is_good) recording.graph.reset();
    return plain;
  }
  if (!recording.is_good) return function_(input);
  recording.input.copy_(input);
  recording.graph->replay();
  return recording.output;
}

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

#else

struct RepeatedCall::Recording {};

RepeatedCall::RepeatedCall(Function function) : function_(std::move(function)) {}

at::Tensor RepeatedCall::call_recorded(const at::Tensor& input) const {
  return function_(input);
}

DeviceInfo describe_cuda_device(int index) {
  return {"cuda:" + std::to_string(index), "CUDA device", 0};
}

#endif

}  // namespace reelface
