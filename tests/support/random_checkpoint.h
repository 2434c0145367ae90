// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "inference/checkpoint/checkpoint.h"
#include "inference/checkpoint/tensor_check.h"
#include "inference/layers/gfpgan_shape.h"

namespace reelface::testing {

/// A checkpoint in memory with seeded random float32 tensors, scaled so that a network made of them neither dies nor
/// explodes. Tensors named in `ones` by their ending get ones.
inline Checkpoint random_checkpoint(const std::vector<ExpectedTensor>& tensors, unsigned seed) {
  std::size_t count = 0;
  const auto elements = [](const ExpectedTensor& tensor) {
    std::size_t product = 1;
    for (const std::int64_t size : tensor.shape) product *= static_cast<std::size_t>(size);
    return product;
  };
  for (const ExpectedTensor& tensor : tensors) count += elements(tensor);
  const auto values = std::make_shared<std::vector<float>>(count);
  std::mt19937 generator(seed);
  std::normal_distribution<float> normal;
  Checkpoint checkpoint;
  checkpoint.path = "random";
  checkpoint.format = "safetensors";
  checkpoint.memory = values;
  float* to = values->data();
  for (const ExpectedTensor& tensor : tensors) {
    const auto ends_with = [&](const std::string& ending) {
      return tensor.name.size() >= ending.size() &&
             tensor.name.compare(tensor.name.size() - ending.size(), ending.size(), ending) == 0;
    };
    const std::size_t size = elements(tensor);
    // Rows of a matrix, or kernels of a convolution; a styled convolution has one more dimension in front.
    const std::size_t rank = tensor.shape.size();
    const std::int64_t rows = rank == 5 ? tensor.shape[1] : tensor.shape[0];
    const bool is_matrix = rank == 2 || rank == 5 || (rank == 4 && tensor.shape[0] != 1);
    const float spread = is_matrix ? std::sqrt(2.0F * static_cast<float>(rows) / static_cast<float>(size)) : 0.1F;
    const float mean = ends_with("modulation.bias") ? 1.0F : 0.0F;
    const bool is_picture = ends_with("constant_input.weight") || tensor.name.find("noises.") != std::string::npos;
    CheckpointTensor& made = checkpoint.tensors[tensor.name];
    made.shape = tensor.shape;
    made.strides.assign(rank, 1);
    for (std::size_t axis = rank; axis-- > 1;) made.strides[axis - 1] = made.strides[axis] * tensor.shape[axis];
    made.data = reinterpret_cast<const std::byte*>(to);
    for (std::size_t i = 0; i < size; ++i) *to++ = mean + (is_picture ? 1.0F : spread) * normal(generator);
  }
  return checkpoint;
}

/// The shape of a GFPGAN of the published proportions.
inline GfpganShape gfpgan_shape(int out_size, double narrow, int channel_multiplier, int num_style_feat) {
  GfpganShape shape;
  shape.out_size = out_size;
  shape.num_style_feat = num_style_feat;
  shape.num_mlp = 1;
  for (int size = 4; size <= out_size; size *= 2) {
    const double published = size <= 32 ? 512.0 : 256.0 * channel_multiplier * 64.0 / size;
    shape.decoder_channels[size] = static_cast<int>(published * narrow);
    shape.unet_channels[size] = static_cast<int>(published * narrow / 2);
  }
  return shape;
}

}  // namespace reelface::testing
