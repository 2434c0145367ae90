// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/mixed_checkpoint.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "inference/checkpoint/finite_values.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

[[noreturn]] void fail_as_no_twins(const Checkpoint& first, const Checkpoint& twin, const std::string& tensor) {
  throw Error(
      ExitCode::kModelRejected,
      printable(twin.path) + ": is no twin of " + printable(first.path) + ": they differ in " + printable(tensor),
      "twins are networks of one shape, such as realesr-general-x4v3.pth and realesr-general-wdn-x4v3.pth");
}

void check_twins(const Checkpoint& first, const Checkpoint& twin) {
  for (const auto& [name, tensor] : first.tensors) {
    const auto other = twin.tensors.find(name);
    if (other == twin.tensors.end() || other->second.shape != tensor.shape) fail_as_no_twins(first, twin, name);
  }
  for (const auto& named : twin.tensors) {
    if (first.tensors.count(named.first) == 0) fail_as_no_twins(first, twin, named.first);
  }
}

std::vector<std::int64_t> dense_strides(const std::vector<std::int64_t>& shape) {
  std::vector<std::int64_t> strides(shape.size());
  std::int64_t elements = 1;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    strides[axis] = elements;
    elements *= shape[axis];
  }
  return strides;
}

}  // namespace

Checkpoint mixed_checkpoint(const Checkpoint& first, const Checkpoint& twin, double share) {
  check_twins(first, twin);
  using Tensors = std::vector<std::vector<float>>;
  const auto numbers = std::make_shared<Tensors>();
  numbers->reserve(first.tensors.size());
  Checkpoint mixed;
  mixed.path = first.path;
  mixed.format = first.format;
  mixed.metadata = first.metadata;
  mixed.memory = numbers;
  const auto of_twin = static_cast<float>(share);
  for (const auto& [name, tensor] : first.tensors) {
    std::vector<float> values = finite_values(first, name);
    const std::vector<float> others = finite_values(twin, name);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = (1 - of_twin) * values[i] + of_twin * others[i];
    numbers->push_back(std::move(values));
    mixed.tensors[name] = {TensorType::kFloat32, tensor.shape, dense_strides(tensor.shape),
                           reinterpret_cast<const std::byte*>(numbers->back().data())};
  }
  return mixed;
}

}  // namespace reelface
