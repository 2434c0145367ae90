// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/tensor_values.h"

#include <cstring>

#include "inference/checkpoint/half_float.h"
#include "inference/checkpoint/tensor_layout.h"

namespace reelface {
namespace {

template <class Number>
Number load(const std::byte* element) {
  Number value;
  std::memcpy(&value, element, sizeof value);
  return value;
}

/// All elements of a tensor without gaps.
template <class Stored, class Convert>
void convert_all(const CheckpointTensor& tensor, float* values, const Convert& convert) {
  const std::uint64_t count = element_count(tensor.shape);
  for (std::uint64_t i = 0; i < count; ++i) values[i] = convert(load<Stored>(tensor.data + i * sizeof(Stored)));
}

}  // namespace

void for_each_element(const CheckpointTensor& tensor, const std::function<void(const std::byte*)>& visit) {
  const std::uint64_t count = element_count(tensor.shape);
  const std::size_t size = element_size_bytes(tensor.type);
  if (is_contiguous(tensor)) {
    for (std::uint64_t i = 0; i < count; ++i) visit(tensor.data + i * size);
    return;
  }
  std::vector<std::int64_t> place(tensor.shape.size(), 0);
  std::int64_t offset = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    visit(tensor.data + static_cast<std::size_t>(offset) * size);
    for (std::size_t axis = place.size(); axis-- > 0;) {
      // An axis of one element may have any stride, and no product with it need be a number.
      if (place[axis] + 1 < tensor.shape[axis]) {
        offset += tensor.strides[axis];
        ++place[axis];
        break;
      }
      offset -= place[axis] * tensor.strides[axis];
      place[axis] = 0;
    }
  }
}

double element_value(TensorType type, const std::byte* element) {
  switch (type) {
    case TensorType::kFloat64:
      return load<double>(element);
    case TensorType::kFloat32:
      return load<float>(element);
    case TensorType::kFloat16:
      return float_from_half(load<std::uint16_t>(element));
    case TensorType::kBFloat16:
      return float_from_bfloat16(load<std::uint16_t>(element));
    case TensorType::kInt64:
      return static_cast<double>(load<std::int64_t>(element));
    case TensorType::kInt32:
      return load<std::int32_t>(element);
    case TensorType::kUInt8:
      return load<std::uint8_t>(element);
  }
  return 0;
}

std::vector<double> tensor_values(const CheckpointTensor& tensor) {
  std::vector<double> values;
  values.reserve(element_count(tensor.shape));
  for_each_element(tensor, [&](const std::byte* element) { values.push_back(element_value(tensor.type, element)); });
  return values;
}

std::vector<float> float_values(const CheckpointTensor& tensor) {
  std::vector<float> values(element_count(tensor.shape));
  write_floats(tensor, values.data());
  return values;
}

void write_floats(const CheckpointTensor& tensor, float* values) {
  if (is_contiguous(tensor)) {
    if (tensor.type == TensorType::kFloat32)
      return convert_all<float>(tensor, values, [](float value) { return value; });
    if (tensor.type == TensorType::kFloat16) return convert_all<std::uint16_t>(tensor, values, float_from_half);
    if (tensor.type == TensorType::kBFloat16) return convert_all<std::uint16_t>(tensor, values, float_from_bfloat16);
  }
  for_each_element(
      tensor, [&](const std::byte* element) { *values++ = static_cast<float>(element_value(tensor.type, element)); });
}

}  // namespace reelface
