#pragma once

#include <ATen/ATen.h>

namespace reelface {

// Operations on channels-last pictures [n, c, h, w] of any number type.

/// Half the size: the mean of each square of four pixels.
at::Tensor halved(const at::Tensor& pictures);

/// Twice the size, linear between the pixels' centres, as the network was trained with.
at::Tensor enlarged(const at::Tensor& pictures);

/// Adds enlarged(small) to `large`.
void add_enlarged(const at::Tensor& small, at::Tensor& large);

/// Each channel times its factor [n, c] (float32).
at::Tensor scaled(const at::Tensor& pictures, const at::Tensor& factors);

/// What follows a styled convolution.
struct StyledFinish {
  at::Tensor gain;                  ///< [n, c]
  at::Tensor noise;                 ///< [h * w]
  at::Tensor bias;                  ///< [c]
  at::Tensor condition_scale = {};  ///< [n, k, h, w] or undefined; for the last k of the channels
  at::Tensor condition_shift = {};  ///< the same
  at::Tensor next_style = {};       ///< [n, c] or undefined
};

/// features = leaky_relu(features * gain + noise + bias), its last channels times scale plus shift, times next_style.
/// In place, in one pass on a CPU.
void finish_styled(at::Tensor& features, const StyledFinish& finish);

}  // namespace reelface
