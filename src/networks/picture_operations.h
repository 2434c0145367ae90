// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <vector>

namespace reelface {

/// `work` on each row of a matrix, one after the other on a CPU: in a product of matrices, its libraries round a row by
/// where it stands, and the same face must get the same bits wherever it is in a batch.
template <class Work>
at::Tensor row_by_row(const at::Tensor& rows, const Work& work) {
  if (rows.size(0) == 1 || !rows.is_cpu()) return work(rows);
  std::vector<at::Tensor> results;
  for (std::int64_t row = 0; row < rows.size(0); ++row) results.push_back(work(rows.narrow(0, row, 1)));
  return at::cat(results);
}

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
/// In place.
void finish_styled(at::Tensor& features, const StyledFinish& finish);

/// The same in five passes instead of seven, for graphics cards, where each is a kernel that reads and writes all
/// features: a product and a sum are one operation there, rounded once. finish_styled() takes it on a card; a CPU keeps
/// its bits.
void finish_styled_on_card(at::Tensor& features, const StyledFinish& finish);

}  // namespace reelface
