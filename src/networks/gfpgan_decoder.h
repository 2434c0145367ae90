// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "inference/layers/gfpgan_shape.h"
#include "networks/convolution.h"
#include "networks/gfpgan_unet.h"
#include "networks/weights.h"

namespace reelface {

/// The half of GFPGAN that paints: a StyleGAN2 whose features the U-Net's conditions correct at each size. Noise is the
/// checkpoint's own, so that the same picture comes out every time. Immutable after construction.
///
/// A style scales a convolution's input channels, and the result is normalised ("demodulated"). The published code
/// builds the scaled weights for every picture; here the features are scaled instead and the result multiplied by what
/// the normalisation comes to. The sums are the same, but the weights stay fixed and one convolution serves any batch.
class GfpganDecoder {
 public:
  GfpganDecoder(const Weights& weights, const GfpganShape& shape, const Placement& placement);

  struct State {
    at::Tensor features;  ///< in the network's number type
    at::Tensor rgb;       ///< [n, 3, h, w], float32, channels-last
  };

  /// `style_codes` [n, codes, style]. The 4x4 picture everything starts from.
  State begin(const at::Tensor& style_codes) const;

  /// Doubles the size; `level` 0 leads to 8x8.
  void paint(State& state, std::size_t level, const at::Tensor& style_codes, const GfpganCondition& condition) const;

 private:
  /// How strongly a style wants each channel, [n, channels] float32: `relative` at most 1, times `largest` [n, 1].
  struct Style {
    at::Tensor relative;
    at::Tensor largest;
  };
  struct Modulation {
    at::Tensor weight;
    at::Tensor bias;
    Style style(const at::Tensor& code) const;
  };
  struct StyledConvolution {
    Modulation modulation;
    Convolution convolution;
    at::Tensor squares;  ///< [in, out]: the weights' squares summed over the kernel
    at::Tensor noise;    ///< [h * w], times its strength
    at::Tensor bias;     ///< [out]
    at::Tensor gain(const Style& style) const;
  };
  struct ToRgb {
    Modulation modulation;
    at::Tensor weight;  ///< [3, in]
    at::Tensor bias;    ///< [3]
    at::Tensor paint(const at::Tensor& features, const at::Tensor& code) const;
  };
  struct Level {
    StyledConvolution first;
    StyledConvolution second;
    ToRgb to_rgb;
  };
  class Reader;

  at::Tensor constant_;
  StyledConvolution first_;
  ToRgb first_to_rgb_;
  std::vector<Level> levels_;
};

}  // namespace reelface
