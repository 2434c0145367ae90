// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "inference/layers/gfpgan_shape.h"
#include "networks/convolution.h"
#include "networks/weights.h"

namespace reelface {

/// What the decoder's features at one size are multiplied by and added to. Channels-last.
struct GfpganCondition {
  at::Tensor scale;
  at::Tensor shift;
};

/// The half of GFPGAN that looks at the picture. On the way down it gathers features and the style codes; on the way up
/// it gives the conditions of one size after the other, so that the decoder can follow it and no more than one size is
/// kept. The heads that paint the U-Net's own pictures serve training only and are left out. Immutable after
/// construction.
class GfpganUnet {
 public:
  GfpganUnet(const Weights& weights, const GfpganShape& shape, const Placement& placement);

  struct State {
    at::Tensor style_codes;              ///< [n, codes, style], float32
    std::vector<at::Tensor> remembered;  ///< features of the way down, the smallest picture last
    at::Tensor features;
  };

  /// `pictures`: [n, 3, size, size], channels-last, -1..1, in the network's number type.
  State look(const at::Tensor& pictures) const;

  /// The condition of the next size: 8, 16 and so on at each call.
  GfpganCondition next_condition(State& state) const;

 private:
  struct Block {
    Convolution first;
    Convolution second;
    Convolution shortcut;
  };
  /// The first layers of scale and shift see the same features and could be one convolution; taking its result apart
  /// for the second layers costs more than that saves (measured: 0 to 25 % slower on a CPU).
  struct ConditionLayers {
    Convolution scale_first;
    Convolution scale_second;
    Convolution shift_first;
    Convolution shift_second;
  };
  static Block read_block(const Weights& weights, const std::string& name, int from, bool goes_down,
                          const Placement& placement);

  GfpganShape shape_;
  Convolution first_;
  std::vector<Block> down_;
  Convolution last_;
  at::Tensor codes_weight_;
  at::Tensor codes_bias_;
  std::vector<Block> up_;
  std::vector<ConditionLayers> conditions_;
};

}  // namespace reelface
