#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <vector>

#include "pipeline/restore/reference_faces.h"
#include "pipeline/stages/face_models.h"
#include "reelface/media/media_info.h"
#include "reelface/pipeline/line.h"
#include "reelface/restore/film_tracks.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// What is known of a film's faces before it is read.
struct KnownFaces {
  std::vector<ReferenceFace> references;     ///< who is wanted, by photo
  std::shared_ptr<const FilmTracks> tracks;  ///< an earlier look at the film; null if there was none
  std::set<std::int64_t> unwanted;           ///< tracks that are left alone
};
KnownFaces read_known_faces(const RestoreOptions& options, const FaceModels& models, const VideoInfo& video);

/// The way of a frame that is restored. With the model "none" it has no step, or only one that enlarges and compares.
Line make_restoring_line(const RestoreOptions& options, const FaceModels& models, const KnownFaces& known,
                         const VideoInfo& video, std::size_t frames_per_group);

/// Only finds and follows faces; for analysis.
Line make_tracking_line(const RestoreOptions& options, const FaceModels& models, const KnownFaces& known,
                        const VideoInfo& video, std::size_t frames_per_group);

/// Faces of this frame that were restored.
int restored_faces(const FrameJob& job);

}  // namespace reelface
