// SPDX-License-Identifier: Apache-2.0
#include "inference/layers/network_kind.h"

namespace reelface {

NetworkKind kind_of(const Checkpoint& checkpoint) {
  const auto has = [&](const char* name) { return checkpoint.tensors.count(name) != 0; };
  if (has("conv_body_first.weight") || has("conv_body_first.0.weight")) return NetworkKind::kGfpgan;
  if (has("first.weight") && has("encoder.0.0.conv1.weight")) return NetworkKind::kWindow;
  if (has("conv_first.weight") && has("body.0.rdb1.conv1.weight")) return NetworkKind::kResidualDense;
  if (has("body.0.weight") && has("body.1.weight") && has("body.2.weight")) return NetworkKind::kCompactUpscaler;
  if (has("backbone.model0.conv1.weight")) return NetworkKind::kYunet;
  if (has("stem.weight") && has("fc.weight")) return NetworkKind::kDescriptor;
  return NetworkKind::kUnknown;
}

}  // namespace reelface
