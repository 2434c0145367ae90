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
std::vector<float> converted(const CheckpointTensor& tensor, const Convert& convert) {
  std::vector<float> values(element_count(tensor.shape));
  const std::byte* element = tensor.data;
  for (float& value : values) {
    value = convert(load<Stored>(element));
    element += sizeof(Stored);
  }
  return values;
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
      offset += tensor.strides[axis];
      if (++place[axis] < tensor.shape[axis]) break;
      offset -= tensor.strides[axis] * tensor.shape[axis];
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
  if (is_contiguous(tensor)) {
    if (tensor.type == TensorType::kFloat32) return converted<float>(tensor, [](float value) { return value; });
    if (tensor.type == TensorType::kFloat16) return converted<std::uint16_t>(tensor, float_from_half);
    if (tensor.type == TensorType::kBFloat16) return converted<std::uint16_t>(tensor, float_from_bfloat16);
  }
  const std::vector<double> values = tensor_values(tensor);
  return {values.begin(), values.end()};
}

}  // namespace reelface
