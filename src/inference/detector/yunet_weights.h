// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "inference/checkpoint/checkpoint.h"
#include "inference/checkpoint/tensor_check.h"

namespace reelface {

/// How many channels go through each unit of the YuNet-n backbone.
struct YunetUnitName {
  std::string name;
  int in_channels;
  int out_channels;
};
std::vector<std::vector<YunetUnitName>> yunet_backbone_units();  ///< by stage; the first convolution (3 to 16) is apart

/// Every tensor of YuNet-n.
std::vector<ExpectedTensor> expected_yunet_tensors();

/// The four heads of a grid, in the order of YunetGrid's values.
struct YunetHead {
  std::string name;
  int channels;
};
std::vector<YunetHead> yunet_heads(int grid);

/// Reads a checkpoint's tensors as numbers, and folds normalisations away. Refers to the checkpoint.
class YunetWeights {
 public:
  /// Throws Error(kModelRejected) unless the checkpoint holds exactly YuNet-n. Counters of training steps are ignored.
  explicit YunetWeights(const Checkpoint& checkpoint);

  /// Row-major. Throws Error(kModelRejected) if a number is not finite.
  std::vector<float> get(const std::string& name) const;

  /// A convolution's weights [out, ...] and bias with the normalisation `norm` behind it folded in.
  void fold(const std::string& norm, std::vector<float>& weights, std::vector<float>& bias) const;

 private:
  Checkpoint checkpoint_;
};

}  // namespace reelface
