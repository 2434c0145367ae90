#include "networks/weights.h"

#include <cstring>
#include <vector>

#include "inference/checkpoint/malformed_checkpoint.h"
#include "inference/checkpoint/tensor_layout.h"
#include "inference/checkpoint/tensor_values.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

at::ScalarType scalar_type(TensorType type) {
  switch (type) {
    case TensorType::kFloat64:
      return at::kDouble;
    case TensorType::kFloat32:
      return at::kFloat;
    case TensorType::kFloat16:
      return at::kHalf;
    case TensorType::kBFloat16:
      return at::kBFloat16;
    case TensorType::kInt64:
      return at::kLong;
    case TensorType::kInt32:
      return at::kInt;
    case TensorType::kUInt8:
      return at::kByte;
  }
  throw Error(ExitCode::kInternal, "a tensor of an unknown type");
}

at::Tensor copy_of(const CheckpointTensor& tensor) {
  const at::ScalarType type = scalar_type(tensor.type);
  at::Tensor copy = at::empty(tensor.shape, type);
  auto* to = static_cast<std::byte*>(copy.data_ptr());
  const std::size_t element_size = copy.element_size();
  if (copy.numel() == 0) return copy;
  if (is_contiguous(tensor)) {
    std::memcpy(to, tensor.data, static_cast<std::size_t>(copy.numel()) * element_size);
  } else {
    for_each_element(tensor, [&](const std::byte* element) {
      std::memcpy(to, element, element_size);
      to += element_size;
    });
  }
  return copy;
}

}  // namespace

at::Tensor Weights::get(const std::string& name) const {
  const auto found = checkpoint_->tensors.find(name);
  if (found == checkpoint_->tensors.end()) {
    throw Error(ExitCode::kModelRejected, printable(checkpoint_->path) + ": tensor " + name_text(name) + " is missing",
                "the file belongs to another network; `reelface models list` shows models that work");
  }
  at::Tensor values = copy_of(found->second).to(at::kFloat);
  checkpoint_->let_go(found->second);
  if (!at::isfinite(values).all().item<bool>()) {
    throw Error(
        ExitCode::kModelRejected,
        printable(checkpoint_->path) + ": tensor " + name_text(name) + " holds values that are not finite numbers",
        "the file is damaged or its training went wrong; fetch it again: `reelface models pull`");
  }
  return values;
}

}  // namespace reelface
