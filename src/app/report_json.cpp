// SPDX-License-Identifier: Apache-2.0
#include "app/report_json.h"

#include "app/option_json.h"
#include "core/whole_file.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

const char* name_of(StreamPlan::Action action) {
  switch (action) {
    case StreamPlan::Action::kEncode:
      return "encode";
    case StreamPlan::Action::kCopy:
      return "copy";
    case StreamPlan::Action::kConvert:
      return "convert";
    case StreamPlan::Action::kDrop:
      return "drop";
  }
  return "";
}

Json to_json(const DamageReport& damage) {
  return {{"any", damage.any()},
          {"corrupt_packets", damage.corrupt_packets},
          {"damaged_frames", damage.damaged_frames},
          {"decode_errors", damage.decode_errors},
          {"container_warnings", damage.container_warnings},
          {"missing_seconds", damage.missing_seconds},
          {"repaired_timestamps", damage.repaired_timestamps},
          {"size_changes", damage.size_changes},
          {"boxed_frames", damage.boxed_frames},
          {"format_changes", damage.format_changes},
          {"turned_frames", damage.turned_frames}};
}

Json to_json(const std::vector<PictureStretch>& stretches) {
  Json json = Json::array();
  for (const PictureStretch& stretch : stretches) {
    const PictureArea& area = stretch.area;
    json.push_back({{"from", stretch.from_seconds},
                    {"seconds", stretch.seconds},
                    {"width", stretch.width},
                    {"height", stretch.height},
                    {"area", {area.x, area.y, area.width, area.height}},
                    {"quarter_turns", stretch.quarter_turns_clockwise}});
  }
  return json;
}

Json to_json(const RunStatistics& run) {
  Json stages = Json::array();
  for (const StageStatistics& stage : run.stages) {
    stages.push_back({{"name", stage.name},
                      {"frames", stage.frames},
                      {"busy_seconds", stage.busy_seconds},
                      {"cpu_seconds", stage.cpu_seconds},
                      {"longest_queue", stage.longest_queue}});
  }
  return {{"frames", run.frames}, {"wall_seconds", run.wall_seconds}, {"stages", std::move(stages)}};
}

Json to_json(const IdentityReport& identity) {
  Json json = {{"measured", identity.measured}};
  if (identity.measured == 0) return json;
  json["distance_before"] = identity.distance_before;
  json["distance_after"] = identity.distance_after;
  json["expected"] = identity.expected;
  json["strength"] = identity.strength;
  return json;
}

/// Of 255, as the values of samples are told.
Json to_json(const LightReport& light) {
  if (light.measured == 0) return nullptr;
  return {{"skin_before", 255 * light.before}, {"skin_after", 255 * light.after}};
}

Json to_json(const TrackReport& track) {
  return {{"id", track.id},
          {"first_frame", track.first_frame},
          {"last_frame", track.last_frame},
          {"frames", track.frames},
          {"interpolated", track.interpolated},
          {"restored", track.restored},
          {"failed", track.failed},
          {"held_back", track.held_back},
          {"mean_strength", track.mean_strength},
          {"identity", to_json(track.identity)},
          {"light", to_json(track.light)},
          {"mean_size", track.mean_size_px},
          {"residual", track.residual_px},
          {"jitter_before_percent", track.jitter_before_percent},
          {"jitter_after_percent", track.jitter_after_percent}};
}

Json to_json(const FaceCount& faces) {
  return {{"seen", faces.seen}, {"restored", faces.restored}, {"failed", faces.failed}, {"held_back", faces.held_back}};
}

}  // namespace

Json to_json(const std::vector<LayoutStretch>& layouts) {
  Json list = Json::array();
  for (const LayoutStretch& layout : layouts) {
    Json tiles = Json::array();
    for (const PictureArea& tile : layout.tiles) tiles.push_back({tile.x, tile.y, tile.width, tile.height});
    list.push_back({{"first_frame", layout.first_frame},
                    {"frames", layout.frames},
                    {"tiles", std::move(tiles)},
                    {"screen", layout.screen}});
  }
  return list;
}

Json to_json(const WritePlan& plan) {
  Json streams = Json::array();
  for (const StreamPlan& stream : plan.streams) {
    streams.push_back({{"input", stream.input_index},
                       {"kind", name_of(stream.kind)},
                       {"codec", stream.codec},
                       {"action", name_of(stream.action)},
                       {"target_codec", stream.target_codec},
                       {"reason", stream.reason}});
  }
  return {{"output", printable(plan.output)},  {"container", plan.container}, {"encoder", plan.encoder},
          {"pixel_format", plan.pixel_format}, {"width", plan.width},         {"height", plan.height},
          {"streams", std::move(streams)},     {"notes", plan.notes}};
}

Json to_json(const RestoreReport& report, const RestoreOptions& options) {
  Json tracks = Json::array();
  for (const TrackReport& track : report.tracks) tracks.push_back(to_json(track));
  return {{"input",
           {{"path", printable(report.input.path)},
            {"container", report.input.container},
            {"codec", report.input.video.codec},
            {"width", report.input.video.width},
            {"height", report.input.video.height},
            {"pictures", to_json(report.stretches)},
            {"pixel_format", report.input.video.layout.name}}},
          {"plan", to_json(report.plan)},
          {"output",
           {{"path", printable(report.output.path)},
            {"frames", report.output.frames},
            {"packets_copied", report.output.packets_copied},
            {"bytes", report.output.bytes}}},
          {"settings", settings_json(options)},
          {"segments", Json::parse(segments_text(report.segments)).at("segments")},
          {"model", report.model},
          {"faces", to_json(report.faces)},
          {"tracks", std::move(tracks)},
          {"layouts", to_json(report.layouts)},
          {"damage", to_json(report.damage)},
          {"interrupted", report.interrupted},
          {"degraded", report.degraded},
          {"run", to_json(report.run)},
          {"warnings", report.warnings}};
}

std::string to_text(const WritePlan& plan) {
  std::string text = "output: " + printable(plan.output) + " (" + plan.container + ")\n";
  text += "video: " + plan.encoder + ", " + std::to_string(plan.width) + "x" + std::to_string(plan.height) + ", " +
          plan.pixel_format + "\n";
  for (const StreamPlan& stream : plan.streams) {
    text += "stream " + std::to_string(stream.input_index) + ": " + name_of(stream.kind) + " " + stream.codec + " -> " +
            name_of(stream.action);
    if (!stream.target_codec.empty() && stream.target_codec != stream.codec) text += " as " + stream.target_codec;
    if (!stream.reason.empty()) text += " (" + stream.reason + ")";
    text += "\n";
  }
  for (const std::string& note : plan.notes) text += "note: " + note + "\n";
  return text;
}

void write_json_file(const std::string& path, const Json& json, bool overwrite) {
  write_whole_file(path, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n", replacing(overwrite));
}

}  // namespace reelface
