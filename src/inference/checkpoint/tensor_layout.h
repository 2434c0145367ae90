// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "inference/checkpoint/checkpoint.h"

namespace reelface {

constexpr std::size_t kMostDimensions = 16;
constexpr std::size_t kMostTensors = 20'000;

std::size_t element_size_bytes(TensorType type);
const char* tensor_type_name(TensorType type);  ///< "F32", as safetensors writes it

/// "3x64x1x1"; a scalar is "scalar".
std::string shape_text(const std::vector<std::int64_t>& shape);

/// Number of elements. Throws MalformedCheckpoint for negative dimensions, too many of them, or overflow.
std::uint64_t element_count(const std::vector<std::int64_t>& shape);

/// Row-major strides, in elements.
std::vector<std::int64_t> contiguous_strides(const std::vector<std::int64_t>& shape);

/// Throws unless every element of the strided view lies inside a storage of `storage_elements`, and the view has no
/// more elements than the storage: a view of stride 0 could otherwise ask for far more memory than the file has.
void check_view(const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& strides, std::int64_t offset,
                std::uint64_t storage_elements);

/// True if the elements lie in row-major order without gaps.
bool is_contiguous(const CheckpointTensor& tensor);

}  // namespace reelface
