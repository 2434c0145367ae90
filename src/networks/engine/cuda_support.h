#pragma once

#include <ATen/ATen.h>

#include <functional>
#include <memory>

#include "reelface/inference/device.h"

namespace reelface {

// All that needs CUDA's own headers. Without them (REELFACE_WITH_CUDA, set where LibTorch has CUDA) the same interface
// does the plain thing.

/// Name and memory of a CUDA device, without starting anything on it.
DeviceInfo describe_cuda_device(int index);

/// Calls a function of one tensor again and again. For inputs of one shape on a CUDA device the work is recorded as a
/// CUDA graph: a face takes some three hundred small kernels, and starting them one by one takes longer than running
/// them. The recording is only used if it gives the same bits as the plain call, else the plain call stays. On a CPU it
/// is always the plain call, and safe from several threads.
class RepeatedCall {
 public:
  using Function = std::function<at::Tensor(const at::Tensor&)>;

  explicit RepeatedCall(Function function);
  ~RepeatedCall();
  RepeatedCall(RepeatedCall&&) noexcept;
  RepeatedCall& operator=(RepeatedCall&&) = delete;

  /// The result may be overwritten by the next call.
  at::Tensor operator()(const at::Tensor& input) const;

 private:
  struct Recording;

  at::Tensor call_recorded(const at::Tensor& input) const;

  Function function_;
  std::unique_ptr<Recording> recording_;
};

}  // namespace reelface
