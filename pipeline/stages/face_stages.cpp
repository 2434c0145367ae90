// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/face_stages.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "image/display_geometry.h"
#include "pipeline/stages/align_stage.h"
#include "pipeline/stages/aligned_stages.h"
#include "pipeline/stages/blend_stage.h"
#include "pipeline/stages/bottom_stage.h"
#include "pipeline/stages/clean_stage.h"
#include "pipeline/stages/colour_stage.h"
#include "pipeline/stages/cuts_stage.h"
#include "pipeline/stages/detect_stage.h"
#include "pipeline/stages/even_stage.h"
#include "pipeline/stages/gather_stage.h"
#include "pipeline/stages/identify_stage.h"
#include "pipeline/stages/identity_stage.h"
#include "pipeline/stages/layout_stage.h"
#include "pipeline/stages/levels_stage.h"
#include "pipeline/stages/light_stage.h"
#include "pipeline/stages/neighbours_stage.h"
#include "pipeline/stages/paste_stage.h"
#include "pipeline/stages/repair_stage.h"
#include "pipeline/stages/repeat_stage.h"
#include "pipeline/stages/replay_stage.h"
#include "pipeline/stages/snapshot_stage.h"
#include "pipeline/stages/steady_stage.h"
#include "pipeline/stages/strength_choice.h"
#include "pipeline/stages/time_stage.h"
#include "pipeline/stages/track_stage.h"
#include "pipeline/stages/upscale_stage.h"
#include "pipeline/values/enlarging.h"
#include "reelface/inference/model_traits.h"
#include "reelface/restore/face_work.h"
#include "reelface/restore/model_choice.h"

namespace reelface {
namespace {

FaceSelectionMode selection_mode(FaceSelectorMode mode) {
  switch (mode) {
    case FaceSelectorMode::kMany:
    case FaceSelectorMode::kReference:
      return FaceSelectionMode::kMany;
    case FaceSelectorMode::kOne:
      return FaceSelectionMode::kOne;
    case FaceSelectorMode::kLargest:
      return FaceSelectionMode::kLargest;
  }
  return FaceSelectionMode::kMany;
}

FaceSelectionOptions selection_options(const FaceOptions& faces, const VideoInfo& video) {
  FaceSelectionOptions options;
  options.mode = selection_mode(faces.selector_mode);
  if (options.mode != FaceSelectionMode::kMany) {
    options.min_face_px = faces.smallest_face();
    options.max_face_px = faces.max_face_pixels;
  }
  options.picture_width = video.width;
  options.picture_height = video.height;
  return options;
}

double display_long_side(const VideoInfo& video) {
  const double aspect = video.sample_aspect_ratio.is_known() ? video.sample_aspect_ratio.value() : 1;
  return std::max(video.width * aspect, static_cast<double>(video.height));
}

double frame_rate(const VideoInfo& video) {
  return video.frame_rate.is_known() ? video.frame_rate.value() : 30;
}

/// Without steadying every frame is restored by itself: a model that looks at several sees the same crop several times.
int window_length(const RestoreOptions& options, const FaceModels& models) {
  return options.time.temporal ? models.traits.gathered_length : 1;
}

double look_ahead_seconds(const RestoreOptions& options) {
  return options.time.temporal ? options.time.window_seconds : 0;
}

Stage detect_step(const RestoreOptions& options, const FaceModels& models, const VideoInfo& video) {
  const std::optional<double>& smallest = options.faces.min_face_pixels;
  const int long_side = smallest ? detection_long_side(display_long_side(video), *smallest) : kDetectionLongSide;
  return make_detect_stage(models.detector, {long_side, options.faces.detect_every});
}

LookAhead track_step(const RestoreOptions& options, const VideoInfo& video, std::size_t frames_per_group) {
  TrackOptions track;
  track.tracker.window_seconds = look_ahead_seconds(options);
  track.selection = selection_options(options.faces, video);
  track.find_cuts = options.time.shot_cuts;
  track.follow_faces = options.faces.detect_every > 1;
  return make_track_stage(track, frame_rate(video), frames_per_group);
}

LookAhead replay_step(const RestoreOptions& options, const KnownFaces& known, const VideoInfo& video) {
  return make_replay_stage(known.tracks, selection_options(options.faces, video), video.range_start, known.unwanted,
                           look_ahead_seconds(options));
}

LookAhead identify_step(const RestoreOptions& options, const FaceModels& models, const KnownFaces& known,
                        const VideoInfo& video, std::size_t frames_per_group) {
  IdentifyOptions identify{known.references, options.faces.reference_distance, options.time.window_seconds};
  return make_identify_stage(models.descriptor, std::move(identify), frame_rate(video), frames_per_group);
}

/// What makes pictures larger.
enum class Enlarging {
  kByItself,  ///< nothing, or their own samples
  kByWindow,  ///< a network that sees them among their neighbours
  kByPicture  ///< a network that sees each alone
};

Enlarging enlarging(const RestoreOptions& options, const VideoInfo& video) {
  const FrameSize size = target_size(video, options.enlarge);
  const bool grows = size.width > video.width || size.height > video.height;
  const bool takes_faces_only = options.model.aligned && model_choice(options.model.model) != ModelChoice::kNoFaces;
  if (!grows || takes_faces_only) return Enlarging::kByItself;
  const std::string model = upscaling_model(options.enlarge);
  if (model.empty()) return Enlarging::kByItself;
  return traits_of_model(model).sees_neighbours() ? Enlarging::kByWindow : Enlarging::kByPicture;
}

void add_enlarging(Line& line, Enlarging by, const RestoreOptions& options, const FaceModels& models,
                   const VideoInfo& video, std::size_t frames_per_group) {
  if (by == Enlarging::kByWindow) {
    const int window = traits_of_model(upscaling_model(options.enlarge)).window;
    line.add(make_neighbours_stage({"frames around", window}, frames_per_group));
    line.add(make_enlarge_stage(models.upscaler, options.enlarge, video));
    return;
  }
  line.add(make_upscale_stage(models.upscaler, options.enlarge));
  if (!options.time.temporal) return;
  constexpr int kSettledOver = 3;
  line.add(make_neighbours_stage({"pictures around", kSettledOver, NeighboursOf::kEnlargedPicture}, frames_per_group));
  line.add(make_settle_stage());
}

bool finds_people(const RestoreOptions& options) {
  return model_choice(options.model.model) != ModelChoice::kNoFaces && !options.model.aligned;
}

/// Where nothing is changed, nothing has to be kept.
LayoutSought layout_sought(const RestoreOptions& options, const FilmSteps& film) {
  if (!finds_people(options) && film.are_none()) return {false, false};
  return {film.keep_screens, film.tiles && (finds_people(options) || !film.clean.is_off())};
}

/// What is done to whole pictures, before faces are looked for.
void add_film_steps(Line& line, const RestoreOptions& options, const FaceModels& models, const VideoInfo& video,
                    std::size_t frames_per_group) {
  const FilmSteps film = film_steps(options.film);
  const Enlarging by = enlarging(options, video);
  const LayoutSought sought = layout_sought(options, film);
  const bool finds_layout = sought.screens || sought.tiles;
  if (!film.are_none() || finds_layout || by != Enlarging::kByItself) line.add(make_cuts_stage(frames_per_group));
  if (finds_layout) line.add(make_layout_stage(sought, frames_per_group));
  if (film.fill_bottom) {
    line.add(make_switching_lines_stage(frames_per_group));
    line.add(make_bottom_stage());
  }
  if (film.steady) {
    line.add(make_steady_stage(frames_per_group));
    line.add(make_shift_stage());
  }
  if (film.even) {
    line.add(make_even_stage(frames_per_group));
    line.add(make_tone_stage());
  }
  if (film.align_colour) {
    line.add(make_colour_shift_stage(frames_per_group));
    line.add(make_colour_stage());
  }
  if (film.repair != RepairKinds::kNone) add_repair_steps(line, film, frames_per_group);
  if (!film.clean.is_off()) {
    const int window = traits_of_model(picture_cleaning_model()).window;
    line.add(make_neighbours_stage({"neighbours", window, NeighboursOf::kFrame, true, true}, frames_per_group));
    line.add(make_clean_stage(models.cleaner, film, video));
  }
  if (film.levels) {
    line.add(make_levels_stage(frames_per_group, film.neutral));
    line.add(make_contrast_stage());
  }
  if (sought.screens && !film.are_none()) line.add(make_leave_screens_stage());
  if (by != Enlarging::kByItself) add_enlarging(line, by, options, models, video, frames_per_group);
}

/// Where faces are known already, or found and followed.
void add_tracking(Line& line, const RestoreOptions& options, const FaceModels& models, const KnownFaces& known,
                  const VideoInfo& video, std::size_t frames_per_group) {
  if (!options.faces.tracks_file.empty()) {
    line.add(replay_step(options, known, video));
    return;
  }
  line.add(detect_step(options, models, video));
  line.add(track_step(options, video, frames_per_group));
  if (!options.faces.reference_faces.empty()) line.add(identify_step(options, models, known, video, frames_per_group));
}

/// Of pictures that are aligned crops already.
void add_aligned_restoring(Line& line, const RestoreOptions& options, const FaceModels& models,
                           std::size_t frames_per_group) {
  line.add(make_whole_picture_stage(models.traits.crop_size));
  line.add(make_gather_stage(window_length(options, models), frames_per_group, std::nullopt));
  line.add(models.restore);
  line.add(make_replace_stage(options.model.strength_percent / 100));
}

void add_restoring(Line& line, const RestoreOptions& options, const FaceModels& models, std::size_t frames_per_group) {
  line.add(make_align_stage(models.traits.crop_size, options.picture.mask));
  line.add(make_gather_stage(window_length(options, models), frames_per_group,
                             strength_options(options, models.traits.model), options.identity.guard));
  line.add(options.identity.guard ? with_identity_measured(models.restore, models.descriptor, options.identity.limit)
                                  : models.restore);
  add_blending(line,
               {options.time.temporal, options.picture.match_colour, options.identity.guard, models.traits.crop_size});
  line.add(make_paste_stage(options.picture, options.enlarge));
}

}  // namespace

Line make_restoring_line(const RestoreOptions& options, const FaceModels& models, const KnownFaces& known,
                         const VideoInfo& video, std::size_t frames_per_group) {
  Line line;
  add_film_steps(line, options, models, video, frames_per_group);
  if (model_choice(options.model.model) == ModelChoice::kNoFaces) {
    if (pastes_without_faces(options.picture, may_resize(options.enlarge)))
      line.add(make_paste_stage(options.picture, options.enlarge));
  } else if (options.model.aligned) {
    add_aligned_restoring(line, options, models, frames_per_group);
  } else {
    add_tracking(line, options, models, known, video, frames_per_group);
    if (film_steps(options.film).light) {
      line.add(make_light_stage(frames_per_group));
      line.add(make_relight_stage());
    }
    add_restoring(line, options, models, frames_per_group);
  }
  if (!line.steps().empty()) line.add(make_repeat_stage());
  if (options.picture.overlay == Overlay::kTime)
    line.add(make_time_stage(video, options.read.range.first_frame.value_or(0)));
  if (!options.snapshot.empty()) line.add(make_snapshot_stage(options.snapshot));
  return line;
}

Line make_tracking_line(const RestoreOptions& options, const FaceModels& models, const KnownFaces& known,
                        const VideoInfo& video, std::size_t frames_per_group) {
  Line line;
  if (film_steps(options.film).tiles) {
    line.add(make_cuts_stage(frames_per_group));
    line.add(make_layout_stage({false, true}, frames_per_group));
  }
  add_tracking(line, options, models, known, video, frames_per_group);
  line.add(make_repeat_stage());
  return line;
}

int restored_faces(const FrameJob& job) {
  const FaceWork* const work = job.work.get<FaceWork>();
  if (!work) return 0;
  return static_cast<int>(std::count_if(work->faces.begin(), work->faces.end(),
                                        [](const FaceJob& face) { return !face.restored.samples.empty(); }));
}

}  // namespace reelface
