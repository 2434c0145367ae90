// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/device_lane.h"

#ifdef REELFACE_WITH_CUDA
#include <ATen/cuda/CUDAEvent.h>
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#include <cuda_runtime_api.h>
#endif

namespace reelface {

#ifdef REELFACE_WITH_CUDA

struct DeviceLane::OnCard {
  explicit OnCard(const at::Device& device) : stream(c10::cuda::getStreamFromPool(false, device.index())) {}

  c10::cuda::CUDAStream stream;
  at::cuda::CUDAEvent done{cudaEventDisableTiming | cudaEventBlockingSync};
  at::Tensor room;
  at::Tensor results;
};

namespace {

/// Of these sizes, in memory that a card can reach; the one there is, if it fits.
at::Tensor& fitted(at::Tensor& kept, at::IntArrayRef sizes) {
  if (!kept.defined() || kept.sizes() != sizes)
    kept = at::empty(sizes, at::TensorOptions().dtype(at::kFloat).pinned_memory(true));
  return kept;
}

}  // namespace

DeviceLane::DeviceLane(const at::Device& device) {
  if (!device.is_cuda()) return;
  const c10::cuda::CUDAGuard on_device(device);
  C10_CUDA_CHECK(cudaDeviceSynchronize());  // weights that were laid out in another order are there now
  on_card_ = std::make_unique<OnCard>(device);
}

void DeviceLane::run(const std::function<void()>& work) const {
  if (!on_card_) return work();
  const c10::cuda::CUDAStreamGuard in_order(on_card_->stream);
  work();
}

at::Tensor DeviceLane::room(at::IntArrayRef sizes) const {
  if (!on_card_) return at::empty(sizes, at::kFloat);
  on_card_->stream.synchronize();  // a call that failed may have left the card reading
  return fitted(on_card_->room, sizes);
}

at::Tensor DeviceLane::uploaded(const at::Tensor& room) const {
  return on_card_ ? room.to(on_card_->stream.device(), /*non_blocking=*/true) : room;
}

at::Tensor DeviceLane::downloaded(const at::Tensor& result) const {
  if (!on_card_) return result;
  at::Tensor& results = fitted(on_card_->results, result.sizes());
  results.copy_(result, /*non_blocking=*/true);
  on_card_->done.record(on_card_->stream);
  on_card_->done.synchronize();
  return results;
}

#else

struct DeviceLane::OnCard {};

DeviceLane::DeviceLane(const at::Device&) {}

void DeviceLane::run(const std::function<void()>& work) const {
  work();
}

at::Tensor DeviceLane::room(at::IntArrayRef sizes) const {
  return at::empty(sizes, at::kFloat);
}

at::Tensor DeviceLane::uploaded(const at::Tensor& room) const {
  return room;
}

at::Tensor DeviceLane::downloaded(const at::Tensor& result) const {
  return result;
}

#endif

DeviceLane::~DeviceLane() = default;

}  // namespace reelface
