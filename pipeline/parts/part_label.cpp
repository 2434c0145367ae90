// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/part_label.h"

#include <nlohmann/json.hpp>

#include "media/parts/film_part.h"
#include "pipeline/values/json_numbers.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

nlohmann::ordered_json to_json(const FaceCount& faces) {
  return {{"seen", faces.seen}, {"restored", faces.restored}, {"failed", faces.failed}, {"held_back", faces.held_back}};
}

FaceCount faces_from(const nlohmann::json& json) {
  FaceCount faces;
  faces.seen = integer_from<std::int64_t>(json.at("seen"));
  faces.restored = integer_from<std::int64_t>(json.at("restored"));
  faces.failed = integer_from<std::int64_t>(json.at("failed"));
  for (const auto& [reason, count] : json.at("held_back").get_ref<const nlohmann::json::object_t&>())
    faces.held_back[reason] = integer_from<std::int64_t>(count);
  return faces;
}

}  // namespace

std::string to_text(const PartLabel& label) {
  const nlohmann::ordered_json json = {{"plan", label.plan_id},
                                       {"part", label.part},
                                       {"model", label.model},
                                       {"worker", label.worker},
                                       {"frames", label.report.frames},
                                       {"faces", to_json(label.report.faces)},
                                       {"fallback", label.report.fallback},
                                       {"wall_seconds", label.report.wall_seconds}};
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

PartLabel label_from_text(const std::string& text) {
  PartLabel label;
  try {
    const nlohmann::json json = nlohmann::json::parse(text);
    json.at("plan").get_to(label.plan_id);
    label.part = integer_from<std::size_t>(json.at("part"));
    json.at("model").get_to(label.model);
    json.at("worker").get_to(label.worker);
    label.report.frames = integer_from<std::int64_t>(json.at("frames"));
    label.report.faces = faces_from(json.at("faces"));
    json.at("fallback").get_to(label.report.fallback);
    json.at("wall_seconds").get_to(label.report.wall_seconds);
  } catch (const std::exception&) {
    throw Error(ExitCode::kInputUnreadable, "a part does not say how it was made", "make this part again");
  }
  return label;
}

namespace {

PartLabel own_label(const FilmPartFacts& facts, const FilmPlan& plan, std::size_t part) {
  PartLabel label = label_from_text(facts.label);
  const bool belongs = label.plan_id == plan.id && label.part == part && facts.frames == plan.parts[part].frames();
  if (!belongs)
    throw Error(ExitCode::kInputUnreadable, "part " + std::to_string(part) + " belongs to another plan",
                "make this part again");
  return label;
}

}  // namespace

PartLabel checked_label(const std::string& folder, const FilmPlan& plan, std::size_t part) {
  return own_label(check_film_part(part_path(folder, part)), plan, part);
}

PartLabel glanced_label(const std::string& folder, const FilmPlan& plan, std::size_t part) {
  return own_label(glance_at_film_part(part_path(folder, part)), plan, part);
}

}  // namespace reelface
