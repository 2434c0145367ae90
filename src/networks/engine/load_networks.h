// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "inference/checkpoint/checkpoint.h"
#include "inference/engine/crop_network.h"
#include "inference/load_models.h"

namespace reelface {

/// What load_face_enhancers() promises, done with a checkpoint that was read, in LibTorch. `devices` are resolved.
std::vector<std::unique_ptr<FaceEnhancer>> make_network_enhancers(const Checkpoint& checkpoint,
                                                                  const std::vector<std::string>& devices,
                                                                  const EngineOptions& options, int threads);

/// The network of a restorer of whole pictures.
std::unique_ptr<CropNetwork> make_picture_network(const Checkpoint& checkpoint, const EngineOptions& options);

}  // namespace reelface
