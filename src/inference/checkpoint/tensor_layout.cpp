// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/tensor_layout.h"

#include <limits>

#include "inference/checkpoint/malformed_checkpoint.h"

namespace reelface {
namespace {

constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

std::uint64_t checked_product(std::uint64_t left, std::uint64_t right) {
  if (right != 0 && left > kLargest / right) throw MalformedCheckpoint("has a shape whose product overflows");
  return left * right;
}

}  // namespace

std::size_t element_size_bytes(TensorType type) {
  switch (type) {
    case TensorType::kFloat64:
    case TensorType::kInt64:
      return 8;
    case TensorType::kFloat32:
    case TensorType::kInt32:
      return 4;
    case TensorType::kFloat16:
    case TensorType::kBFloat16:
      return 2;
    case TensorType::kUInt8:
      return 1;
  }
  throw MalformedCheckpoint("unknown element type");
}

const char* tensor_type_name(TensorType type) {
  switch (type) {
    case TensorType::kFloat64:
      return "F64";
    case TensorType::kFloat32:
      return "F32";
    case TensorType::kFloat16:
      return "F16";
    case TensorType::kBFloat16:
      return "BF16";
    case TensorType::kInt64:
      return "I64";
    case TensorType::kInt32:
      return "I32";
    case TensorType::kUInt8:
      return "U8";
  }
  return "?";
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
  if (shape.empty()) return "scalar";
  std::string text;
  for (const std::int64_t size : shape) text += (text.empty() ? "" : "x") + std::to_string(size);
  return text;
}

std::uint64_t element_count(const std::vector<std::int64_t>& shape) {
  if (shape.size() > kMostDimensions) throw MalformedCheckpoint("has more than 16 dimensions");
  std::uint64_t count = 1;
  bool empty = false;
  for (const std::int64_t size : shape) {
    if (size < 0) throw MalformedCheckpoint("has a negative size " + std::to_string(size));
    // A size of 0 must not hide that the others overflow: strides are products of them.
    if (size == 0)
      empty = true;
    else
      count = checked_product(count, static_cast<std::uint64_t>(size));
  }
  return empty ? 0 : count;
}

std::vector<std::int64_t> contiguous_strides(const std::vector<std::int64_t>& shape) {
  std::vector<std::int64_t> strides(shape.size());
  std::uint64_t stride = 1;
  for (std::size_t i = shape.size(); i-- > 0;) {
    strides[i] = static_cast<std::int64_t>(stride);
    // A size of 0 counts as 1, as in the tensor libraries, so that strides stay positive.
    stride = checked_product(stride, shape[i] > 0 ? static_cast<std::uint64_t>(shape[i]) : 1);
  }
  return strides;
}

void check_view(const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& strides, std::int64_t offset,
                std::uint64_t storage_elements) {
  if (shape.size() != strides.size()) throw MalformedCheckpoint("has a different number of strides and dimensions");
  if (offset < 0) throw MalformedCheckpoint("has a negative offset");
  const std::uint64_t count = element_count(shape);
  for (const std::int64_t stride : strides) {
    if (stride < 0) throw MalformedCheckpoint("has a negative stride " + std::to_string(stride));
  }
  if (static_cast<std::uint64_t>(offset) > storage_elements) throw MalformedCheckpoint("starts past its storage");
  if (count == 0) return;
  if (count > storage_elements) throw MalformedCheckpoint("has more elements than its storage");
  auto last = static_cast<std::uint64_t>(offset);
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const std::uint64_t step =
        checked_product(static_cast<std::uint64_t>(shape[i] - 1), static_cast<std::uint64_t>(strides[i]));
    if (step > kLargest - last) throw MalformedCheckpoint("reaches past its storage");
    last += step;
  }
  if (last >= storage_elements) throw MalformedCheckpoint("reaches past its storage");
}

bool is_contiguous(const CheckpointTensor& tensor) {
  std::int64_t stride = 1;
  for (std::size_t i = tensor.shape.size(); i-- > 0;) {
    if (tensor.shape[i] == 0) return true;
    if (tensor.shape[i] != 1 && tensor.strides[i] != stride) return false;
    stride *= tensor.shape[i];
  }
  return true;
}

}  // namespace reelface
