// SPDX-License-Identifier: Apache-2.0
#include "inference/store/model_manifest.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reelface/core/error.h"

namespace reelface {
namespace {

void check(const ModelInfo& model) {
  const auto hexadecimal = [](char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
  };
  const bool good_hash =
      model.sha256.size() == 64 && std::all_of(model.sha256.begin(), model.sha256.end(), hexadecimal);
  const bool good_file = !model.file.empty() && model.file.find('/') == std::string::npos && model.file.front() != '.';
  const bool good_source = model.embedded ? model.url.empty() : model.url.rfind("https://", 0) == 0;
  const bool good_traits = model.traits.has_value() == (model.task == "restore");
  if (!good_hash || !good_file || !good_source || !good_traits || model.name.empty() || model.licence.empty()) {
    throw Error(ExitCode::kInternal, "the manifest's entry for '" + model.name + "' is not well-formed");
  }
}

ModelTraits parse_traits(const nlohmann::json& entry) {
  ModelTraits traits;
  entry.at("window").get_to(traits.window);
  entry.at("invents").get_to(traits.invents);
  entry.at("scale").get_to(traits.scale);
  const std::string works_on = entry.at("works_on");
  for (const WorksOn known : {WorksOn::kCrops, WorksOn::kWholePictures}) {
    if (works_on == name_of(known)) traits.works_on = known;
  }
  if (works_on != name_of(traits.works_on) || traits.window < 1 || traits.window % 2 != 1 || traits.scale < 1)
    throw Error(ExitCode::kInternal, "the manifest gives a model impossible traits");
  return traits;
}

}  // namespace

std::vector<ModelInfo> parse_manifest(std::string_view json) {
  std::vector<ModelInfo> models;
  try {
    const auto document = nlohmann::json::parse(json.begin(), json.end());
    if (document.at("version") != 1) throw Error(ExitCode::kInternal, "the manifest has an unknown version");
    for (const auto& entry : document.at("models")) {
      ModelInfo model;
      entry.at("name").get_to(model.name);
      entry.at("task").get_to(model.task);
      entry.at("file").get_to(model.file);
      entry.at("description").get_to(model.description);
      entry.at("input").get_to(model.input);
      entry.at("licence").get_to(model.licence);
      entry.at("sha256").get_to(model.sha256);
      entry.at("embedded").get_to(model.embedded);
      model.url = entry.value("url", "");
      if (entry.contains("bytes")) model.bytes = entry.at("bytes").get<std::uint64_t>();
      if (entry.contains("traits")) model.traits = parse_traits(entry.at("traits"));
      check(model);
      models.push_back(std::move(model));
    }
  } catch (const nlohmann::json::exception& problem) {
    throw Error(ExitCode::kInternal, std::string("the manifest cannot be read: ") + problem.what());
  }
  return models;
}

std::vector<ModelInfo> known_models() {
  return parse_manifest(embedded_manifest());
}

ModelInfo known_model(const std::string& name) {
  std::string names;
  for (ModelInfo& model : known_models()) {
    if (model.name == name) return std::move(model);
    names += (names.empty() ? "" : ", ") + model.name;
  }
  throw Error(ExitCode::kUsage, "there is no model named '" + name + "'", "one of: " + names);
}

}  // namespace reelface
