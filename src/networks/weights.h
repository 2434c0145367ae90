// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <string>

#include "inference/checkpoint/checkpoint.h"

namespace reelface {

/// A checkpoint's tensors as LibTorch's: float32, contiguous, in ordinary memory (the file may be unmapped after).
/// Refers to the checkpoint, which must outlive it.
class Weights {
 public:
  explicit Weights(const Checkpoint& checkpoint) : checkpoint_(&checkpoint) {}

  bool has(const std::string& name) const { return checkpoint_->tensors.count(name) != 0; }

  /// Throws Error(kModelRejected) if it is missing or holds a value that is infinite or no number: such a network would
  /// blacken faces instead of failing.
  at::Tensor get(const std::string& name) const;

 private:
  const Checkpoint* checkpoint_;
};

}  // namespace reelface
