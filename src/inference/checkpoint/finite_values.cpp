// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/finite_values.h"

#include "core/finite.h"
#include "inference/checkpoint/malformed_checkpoint.h"
#include "inference/checkpoint/tensor_layout.h"
#include "inference/checkpoint/tensor_values.h"
#include "reelface/core/error.h"

namespace reelface {

const CheckpointTensor& tensor_named(const Checkpoint& checkpoint, const std::string& name) {
  const auto found = checkpoint.tensors.find(name);
  if (found != checkpoint.tensors.end()) return found->second;
  throw Error(ExitCode::kModelRejected, printable(checkpoint.path) + ": tensor " + name_text(name) + " is missing",
              "the file belongs to another network; `reelface models list` shows models that work");
}

std::vector<float> finite_values(const Checkpoint& checkpoint, const std::string& name) {
  std::vector<float> values(element_count(tensor_named(checkpoint, name).shape));
  write_finite_values(checkpoint, name, values.data());
  return values;
}

void write_finite_values(const Checkpoint& checkpoint, const std::string& name, float* values) {
  const CheckpointTensor& tensor = tensor_named(checkpoint, name);
  write_floats(tensor, values);
  if (all_finite(values, element_count(tensor.shape))) return;
  throw Error(ExitCode::kModelRejected,
              printable(checkpoint.path) + ": tensor " + name_text(name) + " holds values that are not finite numbers",
              "the file is damaged or its training went wrong; fetch it again: `reelface models pull`");
}

}  // namespace reelface
