// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "inference/engine/picture_restorer.h"
#include "inference/face_descriptor.h"
#include "inference/face_detector.h"
#include "pipeline/stages/restore_stage.h"
#include "reelface/inference/model_traits.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

class ModelMemory;

/// What the other steps have to know of the networks that restore.
struct RestorerTraits {
  int crop_size = 256;
  ModelTraits model{5, false, WorksOn::kCrops, 1};
  int gathered_length = 5;  ///< the longest window that it or the network that cleans for it looks at
  std::string description;  ///< what restores, where and how precisely; empty if nothing does
};

/// The networks that the options ask for, loaded. They serve any number of runs, at the same time as well.
struct FaceModels {
  RestorerTraits traits;
  Stage restore;                                     ///< lends the restorers to all runs
  std::shared_ptr<const FaceDetector> detector;      ///< null where faces are known already
  std::shared_ptr<const FaceDescriptor> descriptor;  ///< null where nobody needs to be known again
  std::shared_ptr<const PictureRestorer> upscaler;   ///< null where none is asked for
  std::shared_ptr<const PictureRestorer> cleaner;    ///< of whole pictures; null where they are not cleaned
};
/// With a `memory` they ask each network only for what it has not answered before; one memory for each call.
FaceModels load_face_models(const RestoreOptions& options, int threads,
                            const std::shared_ptr<ModelMemory>& memory = {});

/// Whether load_face_models() would load the same for both, so that what was loaded for one serves the other.
bool need_same_models(const RestoreOptions& one, const RestoreOptions& other);

/// What tells people apart.
std::shared_ptr<const FaceDescriptor> load_descriptor();

/// The same for an analysis, which restores nothing.
FaceModels load_analysis_models(const RestoreOptions& options);

/// Stands in for the networks in a line that is only looked at: nothing is read, and nothing can be run with it. The
/// traits are those of the embedded restorer, which looks at the most crops.
FaceModels unloaded_face_models(const RestoreOptions& options);

}  // namespace reelface
