#pragma once

#include <memory>

#include "core/thread_budget.h"
#include "inference/face_descriptor.h"
#include "inference/face_detector.h"
#include "pipeline/stages/restore_stage.h"
#include "reelface/pipeline/line.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// The face stages of one run, with the models they hold.
struct FacePath {
  Line line;
  std::string model_description;  ///< what restores, where and how precisely; for the report
};

/// The networks that the options ask for, loaded. They serve any number of runs, at the same time as well.
struct FaceModels {
  RestoreStageOptions restorers;
  Stage restore;  ///< lends the restorers to all runs
  std::shared_ptr<const FaceDetector> detector;      ///< null where faces are known already
  std::shared_ptr<const FaceDescriptor> descriptor;  ///< null where nobody needs to be known again
};
FaceModels load_face_models(const RestoreOptions& options, const ThreadBudget& threads);

/// Builds the stages for one video. With the model "none" every stage passes on.
FacePath make_face_path(const RestoreOptions& options, const FaceModels& models, const VideoInfo& video,
                        std::size_t frames_per_group);

/// Only finds and follows faces; for analysis.
FacePath make_tracking_path(const RestoreOptions& options, const VideoInfo& video, std::size_t frames_per_group,
                            const ThreadBudget& threads);

/// False for the models "none" and "identity".
bool restores_faces(const RestoreOptions& options);

/// What the frames are like that leave the stages: larger with --upscale, wider with --compare side.
FrameFacts output_facts(const RestoreOptions& options, const FrameFacts& facts);

/// Faces of this frame that were restored.
int restored_faces(const FrameJob& job);

}  // namespace reelface
