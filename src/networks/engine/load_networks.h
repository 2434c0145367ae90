#pragma once

#include "reelface/inference/load_models.h"

namespace reelface {

/// What load_face_enhancer() and load_face_descriptor() promise, done: these run inside the library of networks.
std::unique_ptr<FaceEnhancer> load_network_enhancer(const std::string& model_file, const EngineOptions& options);
std::unique_ptr<FaceDescriptor> load_network_descriptor(const std::string& model_file, const EngineOptions& options);

}  // namespace reelface
