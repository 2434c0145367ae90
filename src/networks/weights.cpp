// SPDX-License-Identifier: Apache-2.0
#include "networks/weights.h"

#include "inference/checkpoint/finite_values.h"

namespace reelface {

at::Tensor Weights::get(const std::string& name) const {
  const CheckpointTensor& tensor = tensor_named(*checkpoint_, name);
  at::Tensor values = at::empty(tensor.shape, at::kFloat);
  write_finite_values(*checkpoint_, name, values.data_ptr<float>());
  checkpoint_->let_go(tensor);
  return values;
}

}  // namespace reelface
