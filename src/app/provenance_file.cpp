// SPDX-License-Identifier: Apache-2.0
#include "app/provenance_file.h"

#include <cmath>
#include <filesystem>
#include <utility>

#include "app/option_json.h"
#include "pipeline/restore/library_versions.h"
#include "reelface/core/log.h"
#include "reelface/inference/model_store.h"
#include "reelface/version.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

std::string dumped(const Json& json, int indent = -1) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

Json to_json(const SampleArea& area) {
  return {area.left, area.top, area.right - area.left, area.bottom - area.top};
}

/// To a ten-thousandth: what is beyond that, no sample shows.
double rounded(double strength) {
  return std::round(1e4 * strength) / 1e4;
}

Json to_json(const FaceChange& change) {
  return {{"area", to_json(change.area)}, {"strength", {rounded(change.weakest), rounded(change.strongest)}}};
}

Json to_json(const Treatment& made) {
  Json json = {{"what", made.words}};
  if (!made.amount.empty()) json["amount"] = made.amount;
  if (made.model)
    json["model"] = {{"name", made.model->name}, {"sha256", made.model->sha256}, {"invents", made.model->invents}};
  return json;
}

Json to_json(const ChangedStretch& stretch) {
  const FrameChanges& changes = stretch.changes;
  Json json = {{"frames", {stretch.first_frame, stretch.last_frame}},
               {"seconds", {stretch.from_seconds, stretch.to_seconds}}};
  if (!changes.whole.empty()) json["whole"] = changes.whole;
  if (changes.repairs > 0)
    json["repairs"] = {
        {"count", changes.repairs}, {"samples", changes.repaired_samples}, {"area", to_json(changes.repaired)}};
  for (const auto& [track, change] : changes.faces) {
    Json face = {{"track", track}};
    face.update(to_json(change));
    json["faces"].push_back(std::move(face));
  }
  return json;
}

Json to_json(const ChangeTotals& totals) {
  Json whole = Json::object(), tracks = Json::array();
  for (const auto& [words, total] : totals.whole) whole[words] = total.frames;
  for (const auto& [track, total] : totals.faces) {
    tracks.push_back({{"track", track}, {"frames", {total.first_frame, total.last_frame}}, {"restored", total.frames}});
    tracks.back().update(to_json(total.change));
  }
  return {{"frames_treated", std::move(whole)},
          {"repairs",
           {{"frames", totals.repairs.frames}, {"count", totals.repairs.repairs}, {"samples", totals.repairs.samples}}},
          {"tracks", std::move(tracks)}};
}

Json file_json(const std::string& path) {
  Json json = {{"file", printable(fs::path(path).filename().string())}};
  std::error_code failure;
  if (!fs::is_regular_file(path, failure)) return json;
  json["bytes"] = fs::file_size(path, failure);
  json["sha256"] = sha256_of_file(path);
  return json;
}

Json versions_json() {
  Json json = Json::object();
  for (const LibraryVersion& library : library_versions()) json[library.name] = library.version;
  return json;
}

}  // namespace

ProvenanceFiles::ProvenanceFiles(const RestoreOptions& options, const std::string& frames_path,
                                 std::string manifest_path)
    : options_(options),
      provenance_(provenance_of(options)),
      manifest_path_(std::move(manifest_path)),
      recorder_(provenance_, [this](const ChangedStretch& stretch) { write_stretch(stretch); }) {
  if (frames_path.empty()) return;
  frames_ = std::make_unique<WholeFile>(frames_path, replacing(options.write.overwrite));
  write_head();
}

void ProvenanceFiles::write_head() {
  Json treatments = Json::array();
  for (const Treatment& made : provenance_.treatments) treatments.push_back(to_json(made));
  const Json head = {{"format", "reelface provenance"},
                     {"version", 1},
                     {"program", {{"name", "reelface"}, {"version", kVersion}, {"libraries", versions_json()}}},
                     {"digital_source_type", provenance_.digital_source_type()},
                     {"treatments", std::move(treatments)},
                     {"settings", settings_json(options_)}};
  std::string text = dumped(head, 1);
  text.resize(text.rfind('\n'));  // the brace that ends it comes at the end of the file
  frames_->write(text + ",\n \"changes\": [");
}

void ProvenanceFiles::write_stretch(const ChangedStretch& stretch) {
  if (!frames_) return;
  frames_->write((is_first_stretch_ ? "\n  " : ",\n  ") + dumped(to_json(stretch)));
  is_first_stretch_ = false;
}

void ProvenanceFiles::finish(const RestoreReport& report) {
  if (frames_) {
    Json tail = to_json(recorder_.totals());
    const VideoInfo& read = report.input.video;
    tail["input"] = file_json(options_.input);
    tail["input"].update({{"width", read.width}, {"height", read.height}});
    tail["output"] = file_json(report.output.path);
    tail["output"].update(
        {{"width", report.plan.width}, {"height", report.plan.height}, {"frames", report.output.frames}});
    tail["warnings"] = report.warnings;
    frames_->write("\n ],\n" + dumped(tail, 1).substr(2) + "\n");
    frames_->commit();
  }
  if (manifest_path_.empty()) return;
  const Json manifest = c2pa_manifest(options_.input, options_.output, provenance_, recorder_.totals(),
                                      {report.input.video.width, report.input.video.height});
  write_whole_file(manifest_path_, dumped(manifest, 2) + "\n", replacing(options_.write.overwrite));
}

}  // namespace reelface
