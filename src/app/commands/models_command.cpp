// SPDX-License-Identifier: Apache-2.0
#include "app/commands/models_command.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/models_pull.h"
#include "app/padded.h"
#include "inference/model_inspection.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/inference/model_store.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

void print(const Json& json) {
  std::cout << json.dump(2, ' ', true, Json::error_handler_t::replace) << "\n";
}

std::string megabytes(std::uint64_t bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(bytes) / 1e6);
  return text;
}

Json to_json(const std::optional<ModelTraits>& traits) {
  if (!traits) return nullptr;
  return {{"window", traits->window},
          {"invents", traits->invents},
          {"works_on", name_of(traits->works_on)},
          {"scale", traits->scale}};
}

std::string in_words(const ModelTraits& traits) {
  return std::string("restores ") + name_of(traits.works_on) + ", looks at " + std::to_string(traits.window) +
         " at a time, " + (traits.invents ? "invents detail" : "invents nothing");
}

Json to_json(const ModelInfo& model, const std::optional<std::string>& path) {
  Json json{{"name", model.name},         {"task", model.task},     {"description", model.description},
            {"embedded", model.embedded}, {"input", model.input},   {"traits", to_json(model.traits)},
            {"licence", model.licence},   {"sha256", model.sha256}, {"url", nullptr},
            {"bytes", nullptr},           {"path", nullptr}};
  if (!model.url.empty()) json["url"] = model.url;
  if (model.bytes) json["bytes"] = *model.bytes;
  if (path) json["path"] = *path;
  return json;
}

void list_models(bool as_json) {
  const ModelStore store = ModelStore::from_environment();
  Json list = Json::array();
  for (const ModelInfo& model : known_models()) {
    const std::optional<std::string> path = store.find(model.name);
    if (as_json) {
      list.push_back(to_json(model, path));
      continue;
    }
    const std::string state = path ? "here" : model.embedded ? "MISSING" : "to pull";
    std::cout << padded(model.name, 12) << padded(model.task, 10) << padded(state, 9)
              << padded(model.bytes ? megabytes(*model.bytes) : "?", 10) << model.description << "\n";
  }
  if (as_json) print({{"models", list}, {"folders", store.folders()}});
}

/// Checks one model; a model that was never pulled is nothing wrong.
Json verify_model(const ModelStore& store, const ModelInfo& model) {
  Json result{{"name", model.name}, {"path", nullptr}, {"state", model.embedded ? "missing" : "not pulled"}};
  const std::optional<std::string> path = store.find(model.name);
  if (!path) return result;
  result["path"] = *path;
  result["state"] = sha256_of_file(*path) == model.sha256 ? "ok" : "changed";
  return result;
}

void verify_models(const std::vector<std::string>& names, bool as_json) {
  const ModelStore store = ModelStore::from_environment();
  std::vector<ModelInfo> models;
  models.reserve(names.size());
  for (const std::string& name : names) models.push_back(known_model(name));
  if (names.empty()) models = known_models();
  Json list = Json::array();
  std::string wrong;
  for (const ModelInfo& model : models) {
    list.push_back(verify_model(store, model));
    const std::string state = list.back().at("state");
    if (!as_json) std::cout << padded(model.name, 12) << state << "\n";
    const bool wanted = !names.empty() || model.embedded;
    if (state == "changed" || (state != "ok" && wanted))
      wrong += (wrong.empty() ? "" : ", ") + model.name + " " + state;
  }
  if (as_json) print({{"models", list}});
  if (wrong.empty()) return;
  throw Error(ExitCode::kModelRejected, "models are not as published: " + wrong,
              "pull them again, or install the program again for those that come with it");
}

Json to_json(const ModelFacts& facts) {
  Json json{{"path", facts.path},
            {"format", facts.format},
            {"bytes", facts.file_bytes},
            {"sha256", facts.sha256},
            {"known_as", nullptr},
            {"licence", nullptr},
            {"tensors", facts.tensor_count},
            {"elements", facts.element_count},
            {"elements_by_type", facts.elements_by_type},
            {"largest_tensor", facts.largest_tensor},
            {"architecture", facts.architecture},
            {"parameters", facts.parameters},
            {"traits", to_json(facts.traits)},
            {"mismatch", nullptr}};
  if (!facts.known_as.empty()) json["known_as"] = facts.known_as;
  if (!facts.licence.empty()) json["licence"] = facts.licence;
  if (!facts.mismatch.empty()) json["mismatch"] = facts.mismatch;
  return json;
}

void inspect(const std::string& name_or_file, bool as_json) {
  const ModelFacts facts = inspect_model(ModelStore::from_environment().path_of(name_or_file));
  if (as_json) return print(to_json(facts));
  std::cout << "file          " << printable(facts.path) << "\n"
            << "format        " << facts.format << ", " << megabytes(facts.file_bytes) << "\n"
            << "tensors       " << facts.tensor_count << " with " << facts.element_count << " numbers:";
  for (const auto& [type, elements] : facts.elements_by_type) std::cout << " " << elements << " " << type;
  std::cout << "\nlargest       " << facts.largest_tensor << "\narchitecture  " << facts.architecture;
  for (const auto& [name, value] : facts.parameters) std::cout << ", " << name << " " << value;
  std::cout << "\n";
  if (facts.traits) std::cout << "traits        " << in_words(*facts.traits) << "\n";
  if (!facts.mismatch.empty()) std::cout << "mismatch      " << facts.mismatch << "\n";
  std::cout << "sha256        " << facts.sha256 << "\n"
            << "known as      " << (facts.known_as.empty() ? "not a known model" : facts.known_as) << "\n"
            << "licence       " << (facts.licence.empty() ? "unknown" : facts.licence) << "\n";
}

void convert(const std::string& from, const std::string& to, bool to_half, bool overwrite) {
  convert_model(ModelStore::from_environment().path_of(from), to, to_half, overwrite);
  std::cerr << printable(to) << ": written, " << megabytes(std::filesystem::file_size(to)) << "\n";
}

/// What the options of the sub-commands are parsed into; lives as long as the callbacks.
struct Options {
  bool as_json = false;
  bool to_half = false;
  bool overwrite = false;
  std::vector<std::string> names;
  std::string model;
  std::string output;
  std::string mirror;
};

}  // namespace

void add_models_command(CLI::App& program, const CancelToken& cancel) {
  const auto options = std::make_shared<Options>();
  CLI::App* models = program.add_subcommand("models", "The models: what there is, what is here, where to get it");
  models->require_subcommand(1);

  CLI::App* list = models->add_subcommand("list", "Every model known by name, and whether it is here");
  list->add_flag("--json", options->as_json, "for machines");
  list->callback([options] { list_models(options->as_json); });

  CLI::App* verify = models->add_subcommand("verify", "Compare models with their published checksums");
  verify->add_option("NAME", options->names, "all that are here, if none is given");
  verify->add_flag("--json", options->as_json, "for machines");
  verify->callback([options] { verify_models(options->names, options->as_json); });

  CLI::App* pull = models->add_subcommand("pull", "Download models, going on where an earlier try stopped");
  pull->add_option("NAME", options->names, "as `models list` shows them")->required();
  pull->add_option("--mirror", options->mirror, "https:// or file:// folder to take them from instead");
  pull->callback([options, &cancel] { pull_models(options->names, options->mirror, cancel); });

  CLI::App* conversion = models->add_subcommand("convert", "Any checkpoint to safetensors, which loads fastest");
  conversion->add_option("MODEL", options->model, "name or file")->required();
  conversion->add_option("OUTPUT", options->output, "safetensors file to write")->required();
  conversion->add_flag("--half", options->to_half, "half precision: half the size");
  conversion->add_flag("-y", options->overwrite, "replace OUTPUT if it is there");
  conversion->callback([options] { convert(options->model, options->output, options->to_half, options->overwrite); });

  CLI::App* inspection = models->add_subcommand("inspect", "What a model file holds; nothing in it is run");
  inspection->add_option("MODEL", options->model, "name or file")->required();
  inspection->add_flag("--json", options->as_json, "for machines");
  inspection->callback([options] { inspect(options->model, options->as_json); });
}

}  // namespace reelface
