// SPDX-License-Identifier: Apache-2.0
#include "studio/studio_answers.h"

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/shell_quoted.h"
#include "image/display_geometry.h"
#include "pipeline/restore/restore_settings.h"
#include "pipeline/stages/damage_notice_stage.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/inference/model_store.h"
#include "studio/asked.h"
#include "studio/http_answers.h"
#include "studio/page_files.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

HttpAnswer page_answer(std::string_view name) {
  const PageFile* const file = page_file(name);
  if (!file) return not_found();
  return {200, std::string(type_of_page_file(name)), std::string(file->text)};
}

Json to_json(const MediaInfo& info) {
  const VideoInfo& video = info.video;
  const DisplaySize size = display_size(decoded_facts(video));
  return {{"width", std::lround(size.width)},
          {"height", std::lround(size.height)},
          {"codec", video.codec},
          {"format", video.layout.name},
          {"bits", video.layout.bit_depth()},
          {"frame_rate", video.frame_rate.is_known() ? Json(video.frame_rate.value()) : Json(nullptr)},
          {"frames_expected", video.expected_frames},
          {"seconds", info.duration_seconds}};
}

/// Of frames that were looked at, how many specks were seen: [[frame, specks], …]
Json to_json(const std::map<std::int64_t, DamageLook>& damage) {
  Json all = Json::array();
  for (const auto& [frame, look] : damage) all.push_back({frame, is_as_old_film(look) ? look.specks : 0.0});
  return all;
}

std::string advice_on(const std::map<std::int64_t, DamageLook>& damage) {
  DamageSeen seen;
  for (const auto& [frame, look] : damage) add_to(seen, look);
  return advice_on(seen);
}

HttpAnswer picture_answer(const ShownPicture& picture) {
  const Json facts = {{"width", picture.width},
                      {"height", picture.height},
                      {"pixel_aspect", picture.pixel_aspect},
                      {"seconds", picture.seconds},
                      {"wall_seconds", picture.wall_seconds}};
  return {200, "image/png", picture.png, {{"Reelface-Facts", facts.dump()}}};
}

HttpAnswer superseded() {
  return json_answer({{"error", "another preview was asked for meanwhile"}, {"advice", ""}}, 409);
}

/// Of faces, those that are here.
Json names_of_restorers() {
  Json names = Json::array({"none"});
  const ModelStore store = ModelStore::from_environment();
  for (const ModelInfo& model : known_models()) {
    const bool restores_faces = model.traits && model.traits->works_on == WorksOn::kCrops;
    if (restores_faces && store.find(model.name)) names.push_back(model.name);
  }
  return names;
}

/// Beside the film.
std::string output_for(const std::string& film) {
  const std::filesystem::path path(film);
  return (path.parent_path() / (path.stem().string() + "_restored" + (is_picture_name(film) ? ".png" : ".mkv")))
      .string();
}

}  // namespace

StudioAnswers::StudioAnswers(const StudioSetup& setup)
    : setup_(setup),
      root_(setup.root),
      first_film_(setup.film.empty() ? "" : root_.inside_of(setup.film)),
      previewer_([this] { return root_.own_folder(); }, setup.program),
      jobs_(root_, setup.program) {}

HttpAnswer StudioAnswers::answer(const HttpHead& head, const std::string& body) {
  const std::optional<Route> route = route_of(head);
  if (!route) return not_found();
  try {
    return answer_to(*route, head, body);
  } catch (const std::exception& exception) {
    return failure_answer(exception);
  }
}

HttpAnswer StudioAnswers::answer_to(Route route, const HttpHead& head, const std::string& body) {
  switch (route) {
    case Route::kPage:
      return page_answer("index.html");
    case Route::kPageFile:
      return page_answer(std::string_view(head.path).substr(head.path.rfind('/') + 1));
    case Route::kStart:
      return start();
    case Route::kFolder:
      return folder(head);
    case Route::kOpen:
      return open(body);
    case Route::kFilm:
      return film(head);
    case Route::kThumb:
      return thumb(head);
    case Route::kSearch:
      return people_.search(body);
    case Route::kPeople:
      return people_.people(head);
    case Route::kPortrait:
      return people_.portrait(head);
    case Route::kPhoto:
      return people_.photo(body);
    case Route::kFrame:
      return picture(body, false);
    case Route::kPreview:
      return picture(body, true);
    case Route::kLoop:
      return loop(body);
    case Route::kLoopPicture:
      return loop_picture(head);
    case Route::kWorking:
      return json_answer({{"share", previewer_.share_done()}});
    case Route::kCancel:
      previewer_.stop();
      return json_answer(Json::object());
    case Route::kCommand:
      return command(body);
    case Route::kJobs:
      return job_answers_.jobs();
    case Route::kAddJob:
      return add_job(body);
    case Route::kJob:
      return job_answers_.change(body);
    case Route::kNewest:
      return job_answers_.newest(head);
    case Route::kComparison:
      return job_answers_.comparison(head);
  }
  return not_found();
}

HttpAnswer StudioAnswers::start() const {
  Json json = {{"folder", printable(root_.path())},
               {"film", first_film_.empty() ? Json(nullptr) : Json(first_film_)},
               {"models", names_of_restorers()},
               {"options", Json::parse(setup_.options_json)}};
  return json_answer(json);
}

HttpAnswer StudioAnswers::folder(const HttpHead& head) const {
  Json entries = Json::array();
  for (const FolderEntry& entry : root_.list(head.asked("path").value_or("")))
    entries.push_back({{"name", entry.name}, {"is_folder", entry.is_folder}, {"bytes", entry.bytes}});
  return json_answer({{"entries", std::move(entries)}});
}

HttpAnswer StudioAnswers::open(const std::string& body) {
  const std::string inside = asked_path(body);
  const std::int64_t number = films_.open(root_.existing_file(inside));
  Json json = {{"film", number}, {"path", inside}};
  json.update(to_json(films_.latest_look(number)->info()));
  return json_answer(json);
}

HttpAnswer StudioAnswers::film(const HttpHead& head) {
  const LookProgress progress = films_.latest_look(asked_count(head, "film"))->progress();
  return json_answer({{"frames", progress.frames},
                      {"frames_expected", progress.frames_expected},
                      {"is_done", progress.is_done},
                      {"error", printable(progress.failure)},
                      {"advice", printable(progress.advice)},
                      {"cuts", progress.cuts},
                      {"thumbs", progress.thumbs},
                      {"damage", to_json(progress.damage)},
                      {"damage_advice", advice_on(progress.damage)}});
}

HttpAnswer StudioAnswers::thumb(const HttpHead& head) {
  const std::string jpeg = films_.latest_look(asked_count(head, "film"))->thumb(asked_count(head, "frame"));
  if (jpeg.empty()) return not_found();
  return {200, "image/jpeg", jpeg};
}

HttpAnswer StudioAnswers::loop(const std::string& body) {
  const AskedLoop asked = asked_loop(body);
  const RestoreOptions options = checked_options(asked.from);
  const auto made = previewer_.loop(*films_.look(asked.from.film, options), options,
                                    with_files_of(asked.from.segments, root_), asked.from.frame, asked.count);
  if (!made) return superseded();
  return json_answer({{"loop", made->number},
                      {"first_frame", made->first_frame},
                      {"count", made->after.size()},
                      {"width", made->width},
                      {"height", made->height},
                      {"pixel_aspect", made->pixel_aspect},
                      {"wall_seconds", made->wall_seconds}});
}

HttpAnswer StudioAnswers::loop_picture(const HttpHead& head) const {
  const auto kept = previewer_.kept_loop(asked_count(head, "loop"));
  if (!kept) return not_found();
  const std::vector<std::string>& pictures = asked_count(head, "after") > 0 ? kept->after : kept->before;
  const auto number = static_cast<std::size_t>(asked_count(head, "number"));
  if (number >= pictures.size()) return not_found();
  return {200, "image/jpeg", pictures[number]};
}

/// Says what does not go together, in segments too.
template <class Asked>
RestoreOptions StudioAnswers::checked_options(const Asked& asked) {
  RestoreOptions options = options_for(films_.path_of(asked.film), asked.settings, root_,
                                       people_.tracked(asked.film, asked.people, asked.segments));
  for (const FilmSegment& segment : with_files_of(asked.segments, root_)) options_in(segment, options);
  return options;
}

HttpAnswer StudioAnswers::picture(const std::string& body, bool is_restored) {
  const AskedFrame asked = asked_frame(body);
  const RestoreOptions options = options_for(films_.path_of(asked.film), asked.settings, root_,
                                             people_.tracked(asked.film, asked.people, asked.segments));
  const std::shared_ptr<FilmLook> look = films_.look(asked.film, options);
  const auto picture = is_restored
                           ? previewer_.restored(*look, options, with_files_of(asked.segments, root_), asked.frame)
                           : previewer_.original(*look, options, asked.frame);
  if (!picture) return superseded();
  return picture_answer(*picture);
}

/// From where the program was started, if that is the root: there the command is pasted.
std::string StudioAnswers::shown_path(const std::string& path) const {
  std::error_code failure;
  const auto here = std::filesystem::canonical(".", failure);
  return !failure && here == root_.path() ? root_.inside_of(path) : path;
}

/// " --tracks FILE --only-person 2"; empty where everybody is restored.
std::string StudioAnswers::people_words(const FaceOptions& faces) const {
  if (faces.tracks_file.empty()) return "";
  std::string words = " --tracks " + shell_quoted(shown_path(faces.tracks_file));
  for (const std::int64_t person : faces.only_people) words += " --only-person " + std::to_string(person);
  for (const std::int64_t person : faces.except_people) words += " --except-person " + std::to_string(person);
  return words;
}

HttpAnswer StudioAnswers::command(const std::string& body) {
  const AskedFrame asked = asked_frame(body);
  const RestoreOptions options = checked_options(asked);
  const std::string shown = shown_path(options.input);
  std::string words = setup_.words_of(asked.settings);
  if (!asked.segments.empty()) words += (words.empty() ? "" : " ") + std::string("--segments segments.json");

  return json_answer({{"command", "reelface restore " + shell_quoted(shown) + " " + shell_quoted(output_for(shown)) +
                                      (words.empty() ? "" : " " + words) + people_words(options.faces)}});
}

HttpAnswer StudioAnswers::add_job(const std::string& body) {
  const AskedJob asked = asked_job(body);
  const RestoreOptions options = checked_options(asked);
  return json_answer({{"job", jobs_.add(root_.inside_of(options.input), asked.output,
                                        with_files_of(asked.settings, root_), with_files_of(asked.segments, root_),
                                        people_.tracked(asked.film, asked.people, asked.segments))}});
}

}  // namespace reelface
