// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/work_recorder.h"

#ifdef REELFACE_WITH_CUDA
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAGuard.h>
#include <cuda_runtime_api.h>
#include <torch/version.h>

// Older ones can neither record one thread alone nor take a failed recording's memory back.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 1)
#define REELFACE_RECORDS_CUDA_GRAPHS
#endif
#endif

namespace reelface {

#ifdef REELFACE_RECORDS_CUDA_GRAPHS
namespace {

namespace allocator = c10::cuda::CUDACachingAllocator;

/// Now and at most.
auto bytes_in_use(const at::Device& device) {
  return allocator::getDeviceStats(device.index()).allocated_bytes[0];  // 0: of all kinds together
}

/// A CUDA graph, recorded on a stream of its own.
class CudaRecorder : public WorkRecorder {
 public:
  explicit CudaRecorder(const at::Device& device) : device_(device) {}
  ~CudaRecorder() override { graph_.reset(); }

  std::int64_t rehearse(const Work& work) override {
    const c10::cuda::CUDAGuard on_device(device_);
    wait_for_device();
    allocator::resetPeakStats(device_.index());
    const std::int64_t before = bytes_in_use(device_).current;
    {
      const c10::cuda::CUDAStreamGuard on_stream(stream());
      work();
    }
    wait_for_device();
    return bytes_in_use(device_).peak - before;
  }

  std::int64_t free_bytes() override {
    const c10::cuda::CUDAGuard on_device(device_);
    allocator::emptyCache();
    std::size_t free = 0, total = 0;
    C10_CUDA_CHECK(cudaMemGetInfo(&free, &total));
    return static_cast<std::int64_t>(free);
  }

  void record(const Work& work) override {
    const c10::cuda::CUDAGuard on_device(device_);
    wait_for_device();
    const c10::cuda::CUDAStreamGuard on_stream(stream());
    pool_ = at::cuda::graph_pool_handle();
    graph_ = std::make_unique<at::cuda::CUDAGraph>();
    try {
      // Of this thread alone: others may go on claiming memory meanwhile.
      graph_->capture_begin(pool_, cudaStreamCaptureModeThreadLocal);
      work();
      graph_->capture_end();
    } catch (...) {
      abandon();
      throw;
    }
  }

  void replay() override {
    const c10::cuda::CUDAGuard on_device(device_);
    graph_->replay();
  }

 private:
  static void wait_for_device() { C10_CUDA_CHECK(cudaDeviceSynchronize()); }

  /// Made when it is wanted: most calls replay.
  c10::cuda::CUDAStream stream() {
    if (!stream_)
      stream_ = std::make_unique<c10::cuda::CUDAStream>(c10::cuda::getStreamFromPool(false, device_.index()));
    return *stream_;
  }

  /// CUDAGraph's own capture_end() throws on an invalid recording before it tells the allocator, which would go on
  /// believing that something is recorded, and give nothing back any more.
  void abandon() noexcept {
    cudaGraph_t unfinished = nullptr;
    cudaStreamCaptureStatus status = cudaStreamCaptureStatusNone;
    if (cudaStreamIsCapturing(stream(), &status) == cudaSuccess && status != cudaStreamCaptureStatusNone)
      cudaStreamEndCapture(stream(), &unfinished);
    if (unfinished != nullptr) cudaGraphDestroy(unfinished);
    cudaGetLastError();  // is told by the exception already
    try {
      graph_.reset();  // gives its pool back if it got as far as that
      allocator::endAllocateToPool(device_.index(), pool_);
      allocator::releasePool(device_.index(), pool_);
    } catch (const std::exception&) {  // then the allocator knew already that nothing is recorded
    }
    try {
      allocator::emptyCache();
    } catch (const std::exception&) {
    }
  }

  at::Device device_;
  std::unique_ptr<c10::cuda::CUDAStream> stream_;
  c10::cuda::MempoolId_t pool_{0, 0};
  std::unique_ptr<at::cuda::CUDAGraph> graph_;
};

}  // namespace
#endif

std::unique_ptr<WorkRecorder> make_recorder(const at::Device& device) {
#ifdef REELFACE_RECORDS_CUDA_GRAPHS
  if (device.is_cuda()) return std::make_unique<CudaRecorder>(device);
#else
  static_cast<void>(device);
#endif
  return nullptr;
}

}  // namespace reelface
