// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "inference/checkpoint/checkpoint.h"

namespace reelface {

/// Calls `visit` with the bytes of each element, in row-major order whatever the strides.
void for_each_element(const CheckpointTensor& tensor, const std::function<void(const std::byte*)>& visit);

/// One element of any type as a number.
double element_value(TensorType type, const std::byte* element);

/// All elements, in row-major order.
std::vector<double> tensor_values(const CheckpointTensor& tensor);

/// The same as far as a float holds it; many times faster for what networks are usually stored as.
std::vector<float> float_values(const CheckpointTensor& tensor);

/// Writes them to memory that is there already: as many floats as the tensor has elements.
void write_floats(const CheckpointTensor& tensor, float* values);

}  // namespace reelface
