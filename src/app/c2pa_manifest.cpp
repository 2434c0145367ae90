// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <utility>

#include "app/provenance_file.h"
#include "reelface/core/log.h"
#include "reelface/version.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;
using Kind = Treatment::Kind;

constexpr const char* kInputLabel = "input";

/// The names that C2PA has for what is done to pictures.
const char* action_for(Kind kind) {
  switch (kind) {
    case Kind::kEvened:
    case Kind::kColours:
    case Kind::kLevels:
    case Kind::kLight:
      return "c2pa.color_adjustments";
    case Kind::kCleaned:
      return "c2pa.filtered";
    case Kind::kEnlarged:
      return "c2pa.resized";
    case Kind::kSteadied:
    case Kind::kRepaired:
    case Kind::kBottom:
    case Kind::kFaces:
      return "c2pa.edited";
  }
  return "c2pa.edited";
}

/// Per cent, to a thousandth: the same in a picture that was enlarged.
double share(int samples, int all) {
  return std::round(1e5 * samples / std::max(all, 1)) / 1e3;
}

Json shape_of(const SampleArea& area, FrameSize picture) {
  return {{"type", "rectangle"},
          {"unit", "percent"},
          {"origin", {{"x", share(area.left, picture.width)}, {"y", share(area.top, picture.height)}}},
          {"width", share(area.right - area.left, picture.width)},
          {"height", share(area.bottom - area.top, picture.height)}};
}

/// In which frames something was done and, with a shape, where.
Json region(const ChangeTotal& total, Json shape, const std::string& description) {
  const Json frames = {{"start", total.first_frame}, {"end", total.last_frame}};
  Json ranges = Json::array({{{"type", "frame"}, {"frame", frames}}});
  if (!shape.is_null()) ranges.push_back({{"type", "spatial"}, {"shape", std::move(shape)}});
  return {{"region", std::move(ranges)}, {"role", "c2pa.edited"}, {"description", description}};
}

Json regions_of(const Treatment& made, const ChangeTotals& totals, FrameSize picture) {
  Json regions = Json::array();
  if (made.kind == Kind::kFaces) {
    for (const auto& [track, total] : totals.faces)
      regions.push_back(region(total, shape_of(total.change.area, picture), "track " + std::to_string(track)));
  } else if (made.kind == Kind::kRepaired) {
    const RepairTotal& repairs = totals.repairs;
    if (repairs.frames > 0)
      regions.push_back(
          region(repairs, shape_of(repairs.area, picture),
                 std::to_string(repairs.repairs) + " places in " + std::to_string(repairs.frames) + " frames"));
  } else if (const auto found = totals.whole.find(made.words); found != totals.whole.end()) {
    regions.push_back(region(found->second, nullptr, std::to_string(found->second.frames) + " frames"));
  }
  return regions;
}

Json action_of(const Treatment& made, Json regions, const std::string& source_type) {
  Json parameters = Json::object();
  if (made.model) parameters = {{"model", made.model->name}, {"model_sha256", made.model->sha256}};
  if (!made.amount.empty()) parameters["amount"] = made.amount;
  Json action = {{"action", action_for(made.kind)},
                 {"description", made.words},
                 {"softwareAgent", {{"name", "reelface"}, {"version", kVersion}}},
                 {"digitalSourceType", source_type},
                 {"changes", std::move(regions)}};
  if (!parameters.empty()) action["parameters"] = std::move(parameters);
  return action;
}

std::string name_of_file(const std::string& path) {
  return printable(std::filesystem::path(path).filename().string());
}

}  // namespace

Json c2pa_manifest(const std::string& input, const std::string& output, const Provenance& provenance,
                   const ChangeTotals& totals, FrameSize picture) {
  Json actions = Json::array({{{"action", "c2pa.opened"}, {"parameters", {{"ingredientIds", {kInputLabel}}}}}});
  for (const Treatment& made : provenance.treatments) {
    Json regions = regions_of(made, totals, picture);
    const Provenance alone{{made}};
    if (!regions.empty()) actions.push_back(action_of(made, std::move(regions), alone.digital_source_type()));
  }
  actions.push_back({{"action", "c2pa.transcoded"}});
  const Json parent = {{"title", name_of_file(input)}, {"relationship", "parentOf"}, {"label", kInputLabel}};
  const Json assertion = {{"label", "c2pa.actions.v2"}, {"data", {{"actions", std::move(actions)}}}};
  return {{"claim_generator_info", Json::array({{{"name", "reelface"}, {"version", kVersion}}})},
          {"title", name_of_file(output)},
          {"ingredients", Json::array({parent})},
          {"assertions", Json::array({assertion})}};
}

}  // namespace reelface
