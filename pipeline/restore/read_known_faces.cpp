// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/read_known_faces.h"

#include <memory>

#include "pipeline/restore/reference_faces.h"
#include "pipeline/restore/wanted_tracks.h"
#include "reelface/restore/model_choice.h"

namespace reelface {

KnownFaces read_known_faces(const RestoreOptions& options, const FaceModels& models, const VideoInfo& video) {
  KnownFaces known;
  if (model_choice(options.model.model) == ModelChoice::kNoFaces || options.model.aligned)
    return known;  // no face is looked for
  if (!options.faces.reference_faces.empty())
    known.references = read_reference_faces(options.faces.reference_faces, models.descriptor);
  if (options.faces.tracks_file.empty()) return known;
  known.tracks = std::make_shared<const FilmTracks>(read_film_tracks(options.faces.tracks_file));
  require_same_film(*known.tracks, options.input, video);
  known.unwanted = unwanted_tracks(*known.tracks, options.faces, known.references);
  return known;
}

}  // namespace reelface
