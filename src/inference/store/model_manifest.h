// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "reelface/inference/model_store.h"

namespace reelface {

/// The text of models/manifest.json, built into the library.
std::string_view embedded_manifest();

/// Throws Error(kInternal) for a manifest that is not well-formed: ours is checked by a test.
std::vector<ModelInfo> parse_manifest(std::string_view json);

}  // namespace reelface
