// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "inference/face_enhancer.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

class ModelMemory;

/// Copies of one restorer, one for each group that is worked on at the same time; all give the same pixels.
using Enhancers = std::vector<std::shared_ptr<FaceEnhancer>>;

struct RestoreStageOptions {
  Enhancers restorers;
  Enhancers cleaners;         ///< a window model whose result a one-frame model is given; as many, or none
  bool clean_always = false;  ///< whatever the noise; else by how noisy the crop is
  StepNeeds needs{};          ///< of the models
  std::shared_ptr<const ModelMemory> memory{};  ///< of what they have made before; none: all is made anew
};

/// Restores the faces of a group in one batch, each from its own window of crops, whose neighbours are moved onto the
/// middle one by the input's flow first. Faces that are left alone are not restored.
Stage make_restore_stage(RestoreStageOptions options);

/// Crops from the windows that `gather` has to provide: the longest that any of the models looks at.
int gathered_window_length(const RestoreStageOptions& options);

}  // namespace reelface
