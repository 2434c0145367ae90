#pragma once

#include <memory>
#include <vector>

#include "inference/checkpoint/checkpoint.h"
#include "reelface/inference/load_models.h"

namespace reelface {

/// What load_face_enhancers() and load_face_descriptor() promise, done with checkpoints that were read: these run
/// inside the library of networks.
std::vector<std::unique_ptr<FaceEnhancer>> make_network_enhancers(const Checkpoint& checkpoint,
                                                                  const EngineOptions& options, int threads);
std::unique_ptr<FaceDescriptor> make_network_descriptor(const Checkpoint& checkpoint, const EngineOptions& options);

}  // namespace reelface
