#include "inference/finite_values.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "inference/checkpoint/malformed_checkpoint.h"
#include "inference/checkpoint/tensor_layout.h"
#include "inference/checkpoint/tensor_values.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

std::vector<float> values_of(const CheckpointTensor& tensor) {
  if (tensor.type == TensorType::kFloat32 && is_contiguous(tensor)) {
    std::vector<float> values(element_count(tensor.shape));
    if (!values.empty()) std::memcpy(values.data(), tensor.data, values.size() * sizeof(float));
    return values;
  }
  const std::vector<double> exact = tensor_values(tensor);
  return {exact.begin(), exact.end()};
}

}  // namespace

std::vector<float> finite_values(const Checkpoint& checkpoint, const std::string& name) {
  const auto found = checkpoint.tensors.find(name);
  if (found == checkpoint.tensors.end()) {
    throw Error(ExitCode::kModelRejected, printable(checkpoint.path) + ": tensor " + name_text(name) + " is missing",
                "the file belongs to another network; `reelface models list` shows models that work");
  }
  const std::vector<float> values = values_of(found->second);
  if (!std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); })) {
    throw Error(
        ExitCode::kModelRejected,
        printable(checkpoint.path) + ": tensor " + name_text(name) + " holds values that are not finite numbers",
        "the file is damaged or its training went wrong; fetch it again: `reelface models pull`");
  }
  return values;
}

}  // namespace reelface
