// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/plan_json.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/sha256.h"
#include "pipeline/values/json_numbers.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/version.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormat = 2;
constexpr const char* kPlanAnew = "plan the film anew, in another folder";

Json to_json(const FileFingerprint& file) {
  return {{"path", file.path},
          {"bytes", file.stamp.bytes},
          {"modified_nanoseconds", file.stamp.modified_nanoseconds},
          {"sha256_of_head", file.head},
          {"sha256_of_tail", file.tail}};
}

FileFingerprint identity_from(const Json& json) {
  FileFingerprint file;
  json.at("path").get_to(file.path);
  file.stamp.bytes = integer_from<std::int64_t>(json.at("bytes"));
  file.stamp.modified_nanoseconds = integer_from<std::int64_t>(json.at("modified_nanoseconds"));
  json.at("sha256_of_head").get_to(file.head);
  json.at("sha256_of_tail").get_to(file.tail);
  return file;
}

Json to_json(const std::optional<double>& seconds) {
  return seconds ? Json(*seconds) : Json(nullptr);
}

std::optional<double> seconds_from(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional<double>(json.get<double>());
}

Json to_json(const Rational& ratio) {
  return {ratio.numerator, ratio.denominator};
}

Rational ratio_from(const Json& json) {
  return {integer_from<std::int32_t>(json.at(0)), integer_from<std::int32_t>(json.at(1))};
}

Json to_json(const PictureStretch& stretch) {
  const PictureArea& area = stretch.area;
  return {{"from", stretch.from_seconds},
          {"seconds", stretch.seconds},
          {"size", {stretch.width, stretch.height}},
          {"sample_aspect", to_json(stretch.sample_aspect_ratio)},
          {"area", {area.x, area.y, area.width, area.height}},
          {"quarter_turns", stretch.quarter_turns_clockwise}};
}

PictureStretch stretch_from(const Json& json) {
  const Json& size = json.at("size");
  const Json& area = json.at("area");
  PictureStretch stretch;
  json.at("from").get_to(stretch.from_seconds);
  json.at("seconds").get_to(stretch.seconds);
  stretch.width = integer_from<int>(size.at(0));
  stretch.height = integer_from<int>(size.at(1));
  stretch.sample_aspect_ratio = ratio_from(json.at("sample_aspect"));
  stretch.area = {integer_from<int>(area.at(0)), integer_from<int>(area.at(1)), integer_from<int>(area.at(2)),
                  integer_from<int>(area.at(3))};
  stretch.quarter_turns_clockwise = integer_from<int>(json.at("quarter_turns")) & 3;
  return stretch;
}

/// As a file of segments says it.
Json to_json(const FilmSegments& segments) {
  return Json::parse(segments_text(segments)).at("segments");
}

FilmSegments segments_from(const Json& json) {
  return parse_segments(Json({{"segments", json}}).dump(), "the plan");
}

Json to_json(const PlannedPart& part) {
  return {{"first_frame", part.first_frame},    {"end_frame", part.end_frame},       {"read_from", part.read_from},
          {"measure_from", part.measure_from},  {"restore_from", part.restore_from}, {"read_to", part.read_to},
          {"starts_at_cut", part.starts_at_cut}};
}

PlannedPart part_from(const Json& json) {
  PlannedPart part;
  part.first_frame = integer_from<std::int64_t>(json.at("first_frame"));
  part.end_frame = integer_from<std::int64_t>(json.at("end_frame"));
  part.read_from = integer_from<std::int64_t>(json.at("read_from"));
  part.measure_from = integer_from<std::int64_t>(json.at("measure_from"));
  part.restore_from = integer_from<std::int64_t>(json.at("restore_from"));
  part.read_to = integer_from<std::int64_t>(json.at("read_to"));
  json.at("starts_at_cut").get_to(part.starts_at_cut);
  return part;
}

Json content_of(const FilmPlan& plan) {
  Json models = Json::array(), parts = Json::array(), stretches = Json::array(), copied = Json::object();
  for (const ModelUse& model : plan.models) models.push_back({{"name", model.name}, {"sha256", model.sha256}});
  for (const PlannedPart& part : plan.parts) parts.push_back(to_json(part));
  for (const PictureStretch& stretch : plan.stretches) stretches.push_back(to_json(stretch));
  for (const auto& [stream, digest] : plan.copied_digests) copied[std::to_string(stream)] = digest;
  return {{"format", kFormat},
          {"program", plan.program},
          {"input", to_json(plan.input)},
          {"output", plan.output},
          {"options", plan.options},
          {"models", std::move(models)},
          {"encoder", plan.encoder},
          {"pixel_format", plan.pixel_format},
          {"container", plan.container},
          {"extent",
           {{"from_seconds", to_json(plan.extent.from_seconds)},
            {"to_seconds", to_json(plan.extent.to_seconds)},
            {"time_origin_microseconds", plan.extent.time_origin_microseconds}}},
          {"canvas",
           {{"size", {plan.canvas.width, plan.canvas.height}},
            {"sample_aspect", to_json(plan.canvas.sample_aspect_ratio)},
            {"quarter_turns", plan.canvas.orientation.quarter_turns_clockwise},
            {"mirrored", plan.canvas.orientation.mirrored}}},
          {"pictures", std::move(stretches)},
          {"time_base", to_json(plan.time_base)},
          {"frames", plan.frames},
          {"seconds", plan.seconds},
          {"may_seek", plan.may_seek},
          {"index_sha256", plan.index_sha256},
          {"copied", std::move(copied)},
          {"warnings", plan.warnings},
          {"segments", to_json(plan.segments)},
          {"parts", std::move(parts)}};
}

std::string shown_value(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string id_of(const Json& content) {
  return sha256_of(shown_value(content));
}

int stream_number(const std::string& text) {
  int number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size() || number < 0)
    throw std::runtime_error("a stream without a number");
  return number;
}

FilmPlan plan_from(const Json& json) {
  FilmPlan plan;
  json.at("program").get_to(plan.program);
  json.at("id").get_to(plan.id);
  plan.input = identity_from(json.at("input"));
  json.at("output").get_to(plan.output);
  json.at("options").get_to(plan.options);
  plan.segments = segments_from(json.at("segments"));
  for (const Json& model : json.at("models"))
    plan.models.push_back({model.at("name").get<std::string>(), model.at("sha256").get<std::string>()});
  json.at("encoder").get_to(plan.encoder);
  json.at("pixel_format").get_to(plan.pixel_format);
  json.at("container").get_to(plan.container);
  const Json& extent = json.at("extent");
  plan.extent = {seconds_from(extent.at("from_seconds")), seconds_from(extent.at("to_seconds")),
                 integer_from<std::int64_t>(extent.at("time_origin_microseconds"))};
  const Json& canvas = json.at("canvas");
  plan.canvas = {integer_from<std::int32_t>(canvas.at("size").at(0)),
                 integer_from<std::int32_t>(canvas.at("size").at(1)),
                 ratio_from(canvas.at("sample_aspect")),
                 {integer_from<std::int32_t>(canvas.at("quarter_turns")) & 3, canvas.at("mirrored").get<bool>()}};
  for (const Json& stretch : json.at("pictures")) plan.stretches.push_back(stretch_from(stretch));
  plan.time_base = ratio_from(json.at("time_base"));
  plan.frames = integer_from<std::int64_t>(json.at("frames"));
  json.at("seconds").get_to(plan.seconds);
  json.at("may_seek").get_to(plan.may_seek);
  json.at("index_sha256").get_to(plan.index_sha256);
  for (const auto& [stream, digest] : json.at("copied").items())
    plan.copied_digests[stream_number(stream)] = digest.get<std::string>();
  json.at("warnings").get_to(plan.warnings);
  for (const Json& part : json.at("parts")) plan.parts.push_back(part_from(part));
  return plan;
}

/// No part has frames with two settings.
bool crosses_a_border(const PlannedPart& part, const FilmSegments& segments) {
  const auto is_inside = [&part](std::int64_t border) { return part.first_frame < border && border < part.end_frame; };
  return std::any_of(segments.begin(), segments.end(), [&is_inside](const FilmSegment& segment) {
    return is_inside(segment.first_frame) || is_inside(segment.end_frame);
  });
}

/// Parts follow one on the other from the first frame to the last, and look at no frame that there is not.
void check_is_sound(const FilmPlan& plan) {
  const auto require = [](bool truth) {
    if (!truth) throw std::runtime_error("its numbers do not fit together");
  };
  require(plan.frames > 0 && !plan.parts.empty());
  require(plan.time_base.numerator > 0 && plan.time_base.denominator > 0);
  require(plan.canvas.width > 0 && plan.canvas.height > 0);
  require(plan.segments.empty() || plan.segments.back().end_frame <= plan.frames);
  std::int64_t next = 0;
  for (const PlannedPart& part : plan.parts) {
    require(part.first_frame == next && part.first_frame < part.end_frame);
    require(0 <= part.read_from && part.read_from <= part.measure_from);
    require(part.measure_from <= part.restore_from && part.restore_from <= part.first_frame);
    require(part.end_frame <= part.read_to && part.read_to <= plan.frames);
    require(!crosses_a_border(part, plan.segments));
    next = part.end_frame;
  }
  require(next == plan.frames);
}

}  // namespace

std::string to_text(FilmPlan& plan) {
  plan.program = kVersion;
  Json content = content_of(plan);
  plan.id = id_of(content);
  Json whole = {{"id", plan.id}};
  whole.update(content);
  return whole.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

FilmPlan parse_plan(const std::string& text, const std::string& name) {
  const Json json = Json::parse(text, nullptr, false);
  const std::string shown = printable(name);
  if (!json.is_object() || !json.contains("format") || !json.contains("program"))
    throw Error(ExitCode::kUsage, shown + " is no plan of a film", kPlanAnew);
  if (json.at("format") != kFormat || json.at("program") != kVersion) {
    // The same options may mean other pixels to another version.
    throw Error(ExitCode::kUsage,
                shown + " was made by version " + shown_value(json.at("program")) + ", this is " + kVersion,
                "use the version that planned for all parts, or plan the film anew with this one");
  }
  FilmPlan plan;
  try {
    plan = plan_from(json);
    check_is_sound(plan);
  } catch (const std::exception& exception) {
    throw Error(ExitCode::kUsage, shown + " is damaged: " + printable(exception.what()), kPlanAnew);
  }
  return plan;
}

FilmPlan plan_from_text(const std::string& text, const std::string& name) {
  FilmPlan plan = parse_plan(text, name);
  if (id_of(content_of(plan)) != plan.id)
    throw Error(ExitCode::kUsage, printable(name) + " was changed after it was made", kPlanAnew);
  return plan;
}

}  // namespace reelface
