// SPDX-License-Identifier: Apache-2.0
#include "reelface/inference/model_traits.h"

#include "inference/checkpoint/checkpoint.h"
#include "inference/layers/network_traits.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/inference/model_store.h"

namespace reelface {
namespace {

std::string first_cleaner(WorksOn works_on) {
  for (const ModelInfo& model : known_models()) {
    const bool cleans = model.embedded && model.traits && model.traits->works_on == works_on &&
                        model.traits->sees_neighbours() && !model.traits->invents;
    if (cleans) return model.name;
  }
  throw Error(ExitCode::kInternal, std::string("the manifest has no model that cleans ") + name_of(works_on));
}

}  // namespace

const char* name_of(WorksOn works_on) {
  return works_on == WorksOn::kCrops ? "crops" : "whole pictures";
}

ModelTraits traits_of_model(const std::string& name_or_file) {
  for (const ModelInfo& model : known_models()) {
    if (model.name == name_or_file && model.traits) return *model.traits;
  }
  const Checkpoint checkpoint = read_checkpoint(ModelStore::from_environment().path_of(name_or_file));
  if (const std::optional<ModelTraits> traits = traits_of(checkpoint)) return *traits;
  throw Error(ExitCode::kModelRejected, printable(checkpoint.path) + ": is no network that restores",
              "`reelface models list` shows models that work");
}

std::string cleaning_model() {
  return first_cleaner(WorksOn::kCrops);
}

std::string enlarging_model() {
  for (const ModelInfo& model : known_models()) {
    const bool enlarges = model.embedded && model.traits && model.traits->works_on == WorksOn::kWholePictures &&
                          model.traits->scale > 1 && !model.traits->sees_neighbours() && !model.traits->invents;
    if (enlarges) return model.name;
  }
  throw Error(ExitCode::kInternal, "the manifest has no model that enlarges");
}

std::string picture_cleaning_model() {
  return first_cleaner(WorksOn::kWholePictures);
}

}  // namespace reelface
