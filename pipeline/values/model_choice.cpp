// SPDX-License-Identifier: Apache-2.0
#include "reelface/restore/model_choice.h"

namespace reelface {

ModelChoice model_choice(const std::string& model) {
  if (model == "none") return ModelChoice::kNoFaces;
  return model == "identity" ? ModelChoice::kPassThrough : ModelChoice::kRestorer;
}

}  // namespace reelface
