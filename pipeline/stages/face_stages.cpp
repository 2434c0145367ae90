#include "pipeline/stages/face_stages.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/restore/reference_faces.h"
#include "pipeline/restore/wanted_tracks.h"
#include "pipeline/stages/align_stage.h"
#include "pipeline/stages/aligned_stages.h"
#include "pipeline/stages/blend_stage.h"
#include "pipeline/stages/detect_stage.h"
#include "pipeline/stages/gather_stage.h"
#include "pipeline/stages/identify_stage.h"
#include "pipeline/stages/identity_enhancer.h"
#include "pipeline/stages/identity_stage.h"
#include "pipeline/stages/paste_stage.h"
#include "pipeline/stages/replay_stage.h"
#include "pipeline/stages/restore_stage.h"
#include "pipeline/stages/time_stage.h"
#include "pipeline/stages/track_stage.h"
#include "reelface/image/display_geometry.h"
#include "reelface/inference/device.h"
#include "reelface/inference/load_models.h"
#include "reelface/inference/model_store.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

constexpr int kLargestPicture = 8192;  // the detector's limit
constexpr double kDoubtMargin = 0.03;  // faces just above the detector's threshold are restored less, not never
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

/// One for each device; on the CPU one for each core where the network is small.
Enhancers load_enhancers(const std::string& model, const RestoreOptions& options, const ThreadBudget& threads) {
  EngineOptions engine;
  engine.precision = parse_precision(options.run.precision);
  engine.batch = options.run.batch;
  const std::string path = ModelStore::from_environment().path_of(model);
  // One alone is not asked for before its file has been read: asking may open LibTorch.
  const bool is_one = options.run.device.find(',') == std::string::npos && options.run.device != "cuda:all";
  const auto devices = is_one ? std::vector<std::string>{options.run.device} : resolve_devices(options.run.device);
  const int count = static_cast<int>(devices.size());
  engine.threads = std::max(1, threads.inference / count);
  Enhancers enhancers;
  for (const std::string& device : devices) {
    engine.device = device;
    for (auto& enhancer : load_face_enhancers(path, engine, std::max(1, threads.graph / count)))
      enhancers.push_back(std::move(enhancer));
  }
  return enhancers;
}

RestoreStageOptions load_models(const RestoreOptions& options, const ThreadBudget& threads) {
  RestoreStageOptions models;
  if (options.model.model == "identity") {
    models.restorers.push_back(std::make_shared<IdentityEnhancer>());
    return models;
  }
  models.restorers = load_enhancers(options.model.model, options, threads);
  const bool looks_at_one_frame = models.restorers.front()->window_length() == 1;
  if (looks_at_one_frame && options.model.preclean != Preclean::kOff) {
    models.cleaners = load_enhancers("faithful", options, threads);
    models.clean_always = options.model.preclean == Preclean::kOn;
  }
  return models;
}

/// A restorer that sees neighbouring frames can tell noise from detail, and removes all of the noise. To faces without
/// noise it adds the right kind of detail but too much of it: on clips with a quarter of their detail, half of it gives
/// a better PSNR, and clips with half their detail gain nothing.
void be_careful_with_clean_faces(StrengthOptions& strength) {
  strength.sharp_from = 0.22;
  strength.sharp_to = 0.42;
  strength.without_noise = 0.5;
  // It invents nothing, so a doubtful face costs little when it is none; and in strong noise every face is doubtful.
  strength.sure_score = 0.74;
}

StrengthOptions strength_options(const RestoreOptions& options, const FaceEnhancer& restorer) {
  StrengthOptions strength;
  strength.user = options.model.strength_percent / 100;
  strength.min_face_px = options.faces.smallest_face();
  strength.max_face_px = options.faces.max_face_pixels;
  if (restorer.window_length() > 1) be_careful_with_clean_faces(strength);
  strength.doubtful_score = std::min(strength.doubtful_score, options.faces.detector_score - kDoubtMargin);
  if (options.faces.detector_score < FaceOptions().detector_score) {  // doubtful faces are wanted
    strength.clear_doubtful_score = strength.doubtful_score;
    strength.clear_sure_score = strength.sure_score;
  }
  return strength;
}

bool changes_every_frame(const RestoreOptions& options) {
  return options.model.upscale > 1 || options.picture.compare != CompareMode::kNone;
}

std::shared_ptr<const FaceDescriptor> load_descriptor() {
  return load_face_descriptor(ModelStore::from_environment().path_of("descriptor"));
}

double display_long_side(const VideoInfo& video) {
  const double aspect = video.sample_aspect_ratio.is_known() ? video.sample_aspect_ratio.value() : 1;
  return std::max(video.width * aspect, static_cast<double>(video.height));
}

/// The way of films whose faces are known already.
LookAhead replay_stage(const RestoreOptions& options, const VideoInfo& video, std::vector<ReferenceFace>& references) {
  const auto tracks = std::make_shared<const FilmTracks>(read_film_tracks(options.faces.tracks_file));
  require_same_film(*tracks, options.input, video);
  return make_replay_stage(tracks, selection_options(options.faces, video), video.range_start,
                           unwanted_tracks(*tracks, options.faces, references));
}

std::shared_ptr<const FaceDetector> load_detector(const RestoreOptions& options) {
  DetectorOptions detector;
  // The copy that it is given is as large as it has to be.
  detector.long_sides.front() = kLargestPicture;
  detector.score_threshold = static_cast<float>(options.faces.detector_score);
  return load_face_detector(ModelStore::from_environment().path_of("spotter"), detector);
}

/// `detector` is not needed where tracks are read from a file, `descriptor` only where people are chosen by photo.
FacePath tracking_path(const RestoreOptions& options, std::shared_ptr<const FaceDetector> detector,
                       const std::shared_ptr<const FaceDescriptor>& descriptor, const VideoInfo& video,
                       std::size_t frames_per_group) {
  FacePath path;
  std::vector<ReferenceFace> references;
  if (!options.faces.reference_faces.empty())
    references = read_reference_faces(options.faces.reference_faces, descriptor);
  if (!options.faces.tracks_file.empty()) {
    path.line.add(replay_stage(options, video, references));
    return path;
  }
  const std::optional<double>& smallest = options.faces.min_face_pixels;
  const int long_side = smallest ? detection_long_side(display_long_side(video), *smallest) : kDetectionLongSide;
  path.line.add(make_detect_stage(std::move(detector), {long_side, options.faces.detect_every}));
  TrackOptions track;
  track.tracker.window_seconds = options.time.temporal ? options.time.window_seconds : 0;
  track.selection = selection_options(options.faces, video);
  track.find_cuts = options.time.shot_cuts;
  track.follow_faces = options.faces.detect_every > 1;
  const double rate = video.frame_rate.is_known() ? video.frame_rate.value() : 30;
  path.line.add(make_track_stage(track, rate, frames_per_group));
  if (!references.empty()) {
    IdentifyOptions identify{std::move(references), options.faces.reference_distance, options.time.window_seconds};
    path.line.add(make_identify_stage(descriptor, std::move(identify), rate, frames_per_group));
  }
  return path;
}

/// Without steadying every frame is restored by itself: a model that looks at several sees the same crop several times.
int window_length(const RestoreOptions& options, const FaceModels& models) {
  return options.time.temporal ? gathered_window_length(models.restorers) : 1;
}

/// The way of pictures that are aligned crops already.
FacePath make_aligned_path(const RestoreOptions& options, const FaceModels& models, std::size_t frames_per_group) {
  const FaceEnhancer& restorer = *models.restorers.restorers.front();
  FacePath path;
  path.model_description = restorer.description();
  path.line.add(make_whole_picture_stage(restorer.crop_size()));
  path.line.add(make_gather_stage(window_length(options, models), frames_per_group, std::nullopt));
  path.line.add(models.restore);
  path.line.add(make_replace_stage(options.model.strength_percent / 100));
  return path;
}

}  // namespace

FaceModels load_face_models(const RestoreOptions& options, const ThreadBudget& threads) {
  FaceModels models;
  if (options.model.model == "none") return models;
  models.restorers = load_models(options, threads);
  models.restore = make_restore_stage(models.restorers);
  if (options.model.aligned) return models;
  if (options.faces.tracks_file.empty()) models.detector = load_detector(options);
  if (options.identity.guard || !options.faces.reference_faces.empty()) models.descriptor = load_descriptor();
  return models;
}

FacePath make_tracking_path(const RestoreOptions& options, const VideoInfo& video, std::size_t frames_per_group,
                            const ThreadBudget&) {
  const bool finds_faces = options.faces.tracks_file.empty();
  const bool knows_people = !options.faces.reference_faces.empty();
  return tracking_path(options, finds_faces ? load_detector(options) : nullptr,
                       knows_people ? load_descriptor() : nullptr, video, frames_per_group);
}

namespace {

FacePath restoring_path(const RestoreOptions& options, const FaceModels& models, const VideoInfo& video,
                        std::size_t frames_per_group) {
  FacePath path;
  if (options.model.model == "none") {
    if (changes_every_frame(options)) path.line.add(make_paste_stage(options.picture, options.model.upscale));
    return path;
  }
  if (options.model.aligned) return make_aligned_path(options, models, frames_per_group);
  const FaceEnhancer& restorer = *models.restorers.restorers.front();
  path = tracking_path(options, models.detector, models.descriptor, video, frames_per_group);
  path.model_description = restorer.description();
  path.line.add(make_align_stage(restorer.crop_size(), options.picture.mask));
  path.line.add(make_gather_stage(window_length(options, models), frames_per_group, strength_options(options, restorer),
                                  options.identity.guard));
  path.line.add(options.identity.guard
                    ? with_identity_measured(models.restore, models.descriptor, options.identity.limit)
                    : models.restore);
  path.line.add(make_blend_stage({options.time.temporal, options.picture.match_colour}));
  path.line.add(make_paste_stage(options.picture, options.model.upscale));
  return path;
}

}  // namespace

FacePath make_face_path(const RestoreOptions& options, const FaceModels& models, const VideoInfo& video,
                        std::size_t frames_per_group) {
  FacePath path = restoring_path(options, models, video, frames_per_group);
  if (options.picture.overlay == Overlay::kTime)
    path.line.add(make_time_stage(video, options.read.range.first_frame.value_or(0)));
  return path;
}

bool restores_faces(const RestoreOptions& options) {
  return options.model.model != "none" && options.model.model != "identity";
}

FrameFacts output_facts(const RestoreOptions& options, const FrameFacts& facts) {
  if (options.model.aligned) return facts;
  return pasted_facts(options.picture, options.model.upscale, facts);
}

int restored_faces(const FrameJob& job) {
  int count = 0;
  if (!job.faces) return count;
  for (const FaceJob& face : job.faces->faces) count += face.restored.samples.empty() ? 0 : 1;
  return count;
}

}  // namespace reelface
