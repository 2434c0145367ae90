// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/stages/face_models.h"
#include "pipeline/stages/known_faces.h"
#include "reelface/media/media_info.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// Reads the photos and the file of tracks that the options name. Throws Error for a photo without a face, and for
/// tracks that cannot be read, belong to another film or do not know who is asked for.
KnownFaces read_known_faces(const RestoreOptions& options, const FaceModels& models, const VideoInfo& video);

}  // namespace reelface
