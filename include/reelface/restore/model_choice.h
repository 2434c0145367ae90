// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface {

/// What a value of --model asks for.
enum class ModelChoice {
  kNoFaces,      ///< "none": no face is looked for
  kPassThrough,  ///< "identity": faces go the whole way and stay as they are
  kRestorer      ///< a model by name or file
};

ModelChoice model_choice(const std::string& model);

}  // namespace reelface
