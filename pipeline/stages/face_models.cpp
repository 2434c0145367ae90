// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/face_models.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "inference/load_models.h"
#include "pipeline/stages/network_memory.h"
#include "pipeline/stages/pass_through_enhancer.h"
#include "pipeline/stages/remembering_models.h"
#include "pipeline/values/enlarging.h"
#include "reelface/core/log.h"
#include "reelface/inference/device.h"
#include "reelface/inference/model_store.h"
#include "reelface/inference/model_traits.h"
#include "reelface/restore/model_choice.h"

namespace reelface {
namespace {

constexpr int kLargestPicture = 8192;  // the detector's limit

bool changes_nothing(const RestoreOptions& options) {
  return model_choice(options.model.model) == ModelChoice::kPassThrough;
}

/// One for each device; on the CPU one for each core where the network is small.
Enhancers load_enhancers(const std::string& model, const RestoreOptions& options, int threads) {
  EngineOptions engine;
  engine.device = options.run.device;
  engine.precision = parse_precision(options.run.precision);
  engine.batch = options.run.batch;
  engine.threads = threads;
  engine.keeps_device = options.run.deterministic;
  Enhancers enhancers;
  for (auto& enhancer : load_face_enhancers(ModelStore::from_environment().path_of(model), engine, threads))
    enhancers.push_back(std::move(enhancer));
  return enhancers;
}

/// Whoever has built for graphics cards expects one to be used.
void say_if_no_card_is_used(const std::string& device) {
  if (device != "auto" || !is_built_for_graphics_cards()) return;
  const std::string reason = why_no_graphics_card();
  if (!reason.empty()) log_warning("the processor restores, and no graphics card: " + reason);
}

RestoreStageOptions load_restorers(const RestoreOptions& options, int threads) {
  RestoreStageOptions models;
  if (changes_nothing(options)) {
    models.restorers.push_back(std::make_shared<PassThroughEnhancer>());
    return models;
  }
  models.restorers = load_enhancers(options.model.model, options, threads);
  if (!models.restorers.front()->traits().sees_neighbours() && options.model.preclean != Preclean::kOff) {
    models.cleaners = load_enhancers(cleaning_model(), options, threads);
    models.clean_always = options.model.preclean == Preclean::kOn;
  }
  return models;
}

RestorerTraits traits_of(const RestoreStageOptions& models) {
  const FaceEnhancer& restorer = *models.restorers.front();
  return {restorer.crop_size(), restorer.traits(), gathered_window_length(models), restorer.description()};
}

void remember(FaceModels& models, const std::shared_ptr<ModelMemory>& memory) {
  if (models.detector) models.detector = remembering(models.detector, memory);
  if (models.descriptor) models.descriptor = remembering(models.descriptor, memory);
}

/// Of restoring by the options' model. LibTorch counts once it is open.
StepNeeds restoring_needs(const RestoreOptions& options, int crop_size) {
  StepNeeds needs;
  needs.reason = changes_nothing(options) ? "gives faces back as they are" : "restores faces: " + options.model.model;
  needs.restores = !changes_nothing(options);
  needs.memory.bytes_per_frame = [crop_size](const FrameFacts&) { return bytes_of_crop(crop_size); };
  if (changes_nothing(options)) return needs;
  needs.memory.loaded = {memory_of_restorer()};
  if (libtorch_is_open()) needs.memory.loaded.insert(memory_of_libtorch());
  return needs;
}

std::shared_ptr<const FaceDetector> load_detector(const RestoreOptions& options) {
  DetectorOptions detector;
  // The copy that it is given is as large as it has to be.
  detector.long_sides.front() = kLargestPicture;
  detector.score_threshold = static_cast<float>(options.faces.detector_score);
  return load_face_detector(ModelStore::from_environment().path_of("spotter"), detector);
}

EngineOptions picture_engine(const RestoreOptions& options, int threads) {
  EngineOptions engine;
  engine.device = options.run.device;
  engine.precision = parse_precision(options.run.precision);
  engine.threads = threads;
  engine.keeps_device = options.run.deterministic;
  return engine;
}

std::shared_ptr<const PictureRestorer> load_cleaner(const RestoreOptions& options, int threads) {
  return load_picture_restorer(ModelStore::from_environment().path_of(picture_cleaning_model()),
                               picture_engine(options, threads));
}

std::shared_ptr<const PictureRestorer> load_upscaler(const RestoreOptions& options, int threads) {
  const ModelStore store = ModelStore::from_environment();
  std::optional<ModelTwin> twin;
  if (has_twin(options.enlarge)) twin = {store.path_of(options.enlarge.twin), options.enlarge.twin_share / 100};
  return load_picture_restorer(store.path_of(upscaling_model(options.enlarge)), picture_engine(options, threads), twin);
}

}  // namespace

std::shared_ptr<const FaceDescriptor> load_descriptor() {
  return load_face_descriptor(ModelStore::from_environment().path_of("descriptor"));
}

FaceModels load_face_models(const RestoreOptions& options, int threads, const std::shared_ptr<ModelMemory>& memory) {
  FaceModels models;
  const bool cleans = !film_steps(options.film).clean.is_off();
  const bool upscales = may_resize(options.enlarge) && !upscaling_model(options.enlarge).empty();
  const bool restores = model_choice(options.model.model) != ModelChoice::kNoFaces && !changes_nothing(options);
  if (cleans || upscales || restores) say_if_no_card_is_used(options.run.device);
  if (cleans) models.cleaner = load_cleaner(options, threads);
  if (upscales) models.upscaler = load_upscaler(options, threads);
  if (model_choice(options.model.model) == ModelChoice::kNoFaces) return models;
  RestoreStageOptions restorers = load_restorers(options, threads);
  models.traits = traits_of(restorers);
  restorers.memory = memory;
  restorers.needs = restoring_needs(options, models.traits.crop_size);
  models.restore = make_restore_stage(std::move(restorers));
  if (options.model.aligned) return models;
  if (options.faces.tracks_file.empty()) models.detector = load_detector(options);
  if (options.identity.guard || !options.faces.reference_faces.empty()) models.descriptor = load_descriptor();
  if (memory) remember(models, memory);
  return models;
}

bool need_same_models(const RestoreOptions& one, const RestoreOptions& other) {
  // All that is read above. What is compared needlessly costs a second loading, what is forgotten a wrong picture.
  const auto facts = [](const RestoreOptions& options) {
    const ModelOptions& model = options.model;
    const RunOptions& run = options.run;
    const EnlargeOptions& enlarge = options.enlarge;
    return std::tuple(std::tuple(model.model, model.preclean, model.aligned), options.faces.detector_score,
                      options.faces.tracks_file.empty(), options.faces.reference_faces.empty(), options.identity.guard,
                      film_steps(options.film).clean.is_off(),
                      std::tuple(may_resize(enlarge), enlarge.upscaler, enlarge.twin, enlarge.twin_share),
                      std::tuple(run.device, run.precision, run.batch, run.threads, run.deterministic, run.serial));
  };
  return facts(one) == facts(other);
}

FaceModels load_analysis_models(const RestoreOptions& options) {
  FaceModels models;
  if (options.faces.tracks_file.empty()) models.detector = load_detector(options);
  if (!options.faces.reference_faces.empty()) models.descriptor = load_descriptor();
  return models;
}

FaceModels unloaded_face_models(const RestoreOptions& options) {
  FaceModels models;
  RestoreStageOptions restorers;
  restorers.needs = restoring_needs(options, models.traits.crop_size);
  models.restore = make_restore_stage(std::move(restorers));
  return models;
}

}  // namespace reelface
