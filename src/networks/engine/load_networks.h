#pragma once

#include <memory>
#include <string>
#include <vector>

#include "reelface/inference/load_models.h"

namespace reelface {

/// What load_face_enhancers() and load_face_descriptor() promise, done: these run inside the library of networks.
std::vector<std::unique_ptr<FaceEnhancer>> load_network_enhancers(const std::string& model_file,
                                                                  const EngineOptions& options, int count);
std::unique_ptr<FaceDescriptor> load_network_descriptor(const std::string& model_file, const EngineOptions& options);

}  // namespace reelface
