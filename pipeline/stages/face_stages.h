// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "pipeline/stages/face_models.h"
#include "pipeline/stages/known_faces.h"
#include "reelface/media/media_info.h"
#include "reelface/pipeline/line.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// The way of a frame that is restored. With the model "none" it has no step, or only one that enlarges and compares.
Line make_restoring_line(const RestoreOptions& options, const FaceModels& models, const KnownFaces& known,
                         const VideoInfo& video, std::size_t frames_per_group);

/// Only finds and follows faces; for analysis.
Line make_tracking_line(const RestoreOptions& options, const FaceModels& models, const KnownFaces& known,
                        const VideoInfo& video, std::size_t frames_per_group);

/// Faces of this frame that were restored.
int restored_faces(const FrameJob& job);

}  // namespace reelface
