// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "pipeline/parts/film_index.h"
#include "pipeline/parts/followed_stretch.h"
#include "reelface/core/cancel_token.h"
#include "reelface/image/frame.h"
#include "reelface/media/media_info.h"
#include "reelface/parts/film_plan.h"
#include "reelface/restore/restore_video.h"

namespace reelface {

/// A film, or its beginning, of which every frame is known.
struct KnownFilm {
  MediaInfo info;
  FilmIndex index;
  bool is_whole = true;  ///< false: more frames follow, which are not in the index yet
  bool may_seek = true;  ///< false: frames in the middle are only right when decoded from the beginning
};

/// Some frames of it, with those around them that the options' steps need. No range is left out, whatever the options'.
PlannedPart stretch_of(const KnownFilm& film, const RestoreOptions& options, std::int64_t first, std::int64_t end);

/// Whether all frames that are read for it are known.
bool is_known(const KnownFilm& film, const PlannedPart& stretch);

/// What whoever wants a stretch may have already, or ask for besides.
struct StretchContext {
  std::shared_ptr<const FaceModels> models{};  ///< none: they are loaded
  ProgressCallback on_progress{};              ///< counts the frames that are read
  const CancelToken* cancel = nullptr;
  /// If this holds what the stretch takes, nothing before faces are followed is done again; otherwise it holds that
  /// afterwards.
  FollowedStretch* followed = nullptr;
};

/// The stretch's own frames as restoring the whole film makes them, before they are encoded: by the same line, and with
/// the same frames around them. Throws Error(kInterrupted) when asked to stop.
std::vector<Frame> restore_stretch(const KnownFilm& film, const RestoreOptions& options, const PlannedPart& stretch,
                                   const StretchContext& context = {});

/// The stretch's own frames as they are read.
std::vector<Frame> read_stretch(const KnownFilm& film, const RestoreOptions& options, const PlannedPart& stretch,
                                const CancelToken* cancel = nullptr);

}  // namespace reelface
