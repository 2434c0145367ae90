// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/face_bounds.h"
#include "core/whole_file.h"
#include "pipeline/values/json_numbers.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/restore/film_tracks.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFormat = "reelface tracks";
constexpr int kTracksVersion = 1;
constexpr std::size_t kBufferBytes = std::size_t{1} << 18;

// Every float is a double on the way, and doubles are written with as many digits as tell them apart: nothing is lost.
Json to_json(const std::array<Point, 5>& points) {
  Json json = Json::array();
  for (const Point& point : points) json.insert(json.end(), {double{point.x}, double{point.y}});
  return json;
}

std::array<Point, 5> points_from(const Json& json) {
  const auto numbers = json.get<std::array<double, 10>>();
  std::array<Point, 5> points;
  for (std::size_t index = 0; index < points.size(); ++index) {
    points[index] = {static_cast<float>(numbers[2 * index]), static_cast<float>(numbers[2 * index + 1])};
  }
  return points;
}

Json to_json(const TrackedFace& face) {
  const Box& box = face.face.box;
  const Similarity& similarity = face.alignment.to_template;
  return {{"track", face.track_id},
          {"piece", face.piece_id},
          {"box", {double{box.x}, double{box.y}, double{box.width}, double{box.height}}},
          {"points", to_json(face.face.points)},
          {"score", double{face.face.score}},
          {"interpolated", face.interpolated},
          {"alignment", {similarity.log_scale, similarity.angle, similarity.x, similarity.y}},
          {"shape", to_json(face.alignment.template_points)},
          {"residual", face.alignment.residual_px},
          {"size", face.size_px},
          {"confidence", face.confidence},
          {"fade", face.fade}};
}

void check_is_sound(const TrackedFace& face) {
  constexpr double kLargestLogScale = 12;
  const auto require = [](bool truth) {
    if (!truth) throw Error(ExitCode::kUsage, "a face that cannot be");
  };
  require(is_place(face.face.box) && are_places(face.face.points) && are_places(face.alignment.template_points));
  const Similarity& similarity = face.alignment.to_template;
  require(std::abs(similarity.log_scale) <= kLargestLogScale && is_place(similarity.angle));
  require(is_place(similarity.x) && is_place(similarity.y));
  require(is_place(face.face.score) && is_place(face.alignment.residual_px) && is_place(face.size_px));
  require(0 <= face.confidence && face.confidence <= 1 && 0 <= face.fade && face.fade <= 1);
}

TrackedFace face_from(const Json& json) {
  TrackedFace face;
  face.track_id = integer_from<std::int64_t>(json.at("track"));
  face.piece_id = integer_from<std::int64_t>(json.at("piece"));
  const auto box = json.at("box").get<std::array<double, 4>>();
  face.face.box = {static_cast<float>(box[0]), static_cast<float>(box[1]), static_cast<float>(box[2]),
                   static_cast<float>(box[3])};
  face.face.points = points_from(json.at("points"));
  face.face.score = static_cast<float>(json.at("score").get<double>());
  face.interpolated = json.at("interpolated");
  const auto similarity = json.at("alignment").get<std::array<double, 4>>();
  face.alignment.to_template = {similarity[0], similarity[1], similarity[2], similarity[3]};
  face.alignment.template_points = points_from(json.at("shape"));
  face.alignment.residual_px = json.at("residual");
  face.size_px = json.at("size");
  face.confidence = json.at("confidence");
  face.fade = json.at("fade");
  check_is_sound(face);
  return face;
}

Json to_json(const FilmFacts& film) {
  return {{"name", film.name},
          {"bytes", film.bytes},
          {"width", film.width},
          {"height", film.height},
          {"time_base", {film.time_base.numerator, film.time_base.denominator}},
          {"window", film.window_seconds},
          {"detector_score", film.detector_score},
          {"detect_every", film.detect_every}};
}

FilmFacts film_from(const Json& json) {
  FilmFacts film;
  film.name = json.at("name");
  film.bytes = integer_from<std::int64_t>(json.at("bytes"));
  film.width = integer_from<int>(json.at("width"));
  film.height = integer_from<int>(json.at("height"));
  const Json& time_base = json.at("time_base");
  film.time_base = {integer_from<std::int32_t>(time_base.at(0)), integer_from<std::int32_t>(time_base.at(1))};
  film.window_seconds = json.at("window");
  film.detector_score = json.at("detector_score");
  film.detect_every = integer_from<int>(json.at("detect_every"));
  return film;
}

FilmFrame frame_from(const Json& json) {
  FilmFrame frame;
  frame.pts = integer_from<std::int64_t>(json.at("pts"));
  frame.tracks.frame_index = integer_from<std::int64_t>(json.at("frame"));
  frame.tracks.time_seconds = json.at("time");
  frame.tracks.starts_shot = json.at("cut");
  for (const Json& face : json.at("faces")) frame.tracks.faces.push_back(face_from(face));
  return frame;
}

DescribedTrack track_from(const Json& json) {
  DescribedTrack track;
  track.id = integer_from<std::int64_t>(json.at("id"));
  track.person = integer_from<std::int64_t>(json.at("person"));
  track.confidence = json.at("confidence");
  if (track.confidence <= 0) return track;
  const auto numbers = json.at("description").get<std::vector<double>>();
  if (numbers.size() != track.description.size()) throw Error(ExitCode::kUsage, "a description of another length");
  for (std::size_t index = 0; index < numbers.size(); ++index) {
    if (!is_place(numbers[index])) throw Error(ExitCode::kUsage, "a description that cannot be");
    track.description[index] = static_cast<float>(numbers[index]);
  }
  track.size_px = json.value("size", 0.0);  // files of earlier builds do not tell
  return track;
}

}  // namespace

FilmTracks read_film_tracks(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw Error(ExitCode::kInputUnreadable, "cannot read the tracks " + printable(path),
                "make them with: reelface analyze FILM --tracks tracks.json");
  }
  std::vector<FilmFrame> frames;
  std::string key;
  // Frames are taken out as they are parsed: a film's worth of them as JSON would fill the memory.
  const auto take_frames = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth == 1 && event == Json::parse_event_t::key) key = parsed.get<std::string>();
    if (depth != 2 || event != Json::parse_event_t::object_end || key != "frames") return true;
    frames.push_back(frame_from(parsed));
    return false;
  };
  try {
    const Json json = Json::parse(file, take_frames);
    if (json.at("format") != kFormat) throw Error(ExitCode::kUsage, "another format");
    if (json.at("version") != kTracksVersion) throw Error(ExitCode::kUsage, "made by another version of the program");
    std::vector<DescribedTrack> tracks;
    for (const Json& track : json.at("tracks")) tracks.push_back(track_from(track));
    return FilmTracks(film_from(json.at("film")), std::move(frames), std::move(tracks));
  } catch (const std::exception& error) {
    throw Error(ExitCode::kUsage, printable(path) + " is no usable file of tracks: " + printable(error.what()),
                "make it with: reelface analyze FILM --tracks tracks.json");
  }
}

FilmTracksWriter::FilmTracksWriter(const std::string& path, const FilmFacts& film, bool overwrite)
    : file_(std::make_unique<WholeFile>(path, replacing(overwrite))) {
  buffer_ = "{\"format\":" + Json(kFormat).dump() + ",\"version\":" + std::to_string(kTracksVersion) +
            ",\"film\":" + to_json(film).dump(-1, ' ', false, Json::error_handler_t::replace) + ",\n\"frames\":[";
}

FilmTracksWriter::~FilmTracksWriter() = default;

void FilmTracksWriter::write(std::int64_t pts, const FrameTracks& tracks) {
  Json faces = Json::array();
  for (const TrackedFace& face : tracks.faces) faces.push_back(to_json(face));
  const Json frame = {{"pts", pts},
                      {"frame", tracks.frame_index},
                      {"time", tracks.time_seconds},
                      {"cut", tracks.starts_shot},
                      {"faces", std::move(faces)}};
  buffer_ += (is_first_ ? "\n" : ",\n") + frame.dump();
  is_first_ = false;
  if (buffer_.size() < kBufferBytes) return;
  file_->write(buffer_);
  buffer_.clear();
}

void FilmTracksWriter::finish(const std::vector<DescribedTrack>& tracks) {
  Json list = Json::array();
  for (const DescribedTrack& track : tracks) {
    Json json = {{"id", track.id}, {"person", track.person}, {"confidence", track.confidence}};
    if (track.confidence > 0) {
      json["size"] = track.size_px;
      json["description"] = track.description;
    }
    list.push_back(std::move(json));
  }
  file_->write(buffer_ + "],\n\"tracks\":" + list.dump() + "}\n");
  file_->commit();
}

}  // namespace reelface
