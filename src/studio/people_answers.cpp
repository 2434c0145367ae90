// SPDX-License-Identifier: Apache-2.0
#include "studio/people_answers.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "core/sha256.h"
#include "pipeline/restore/people_like.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "studio/access.h"
#include "studio/asked.h"
#include "studio/http_answers.h"
#include "studio/passing_file.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

bool chooses_people(const FilmSegment& segment) {
  return segment.settings.count("only-person") > 0 || segment.settings.count("except-person") > 0;
}

}  // namespace

/// Begun once for a film; what was found stays with it.
HttpAnswer PeopleAnswers::search(const std::string& body) {
  const AskedFrame asked = asked_frame(body);
  const std::string film = films_.path_of(asked.film);
  const std::string name = "people-" + sha256_of(film).substr(0, 16) + ".json";
  films_.search_people(asked.film, options_for(film, asked.settings, root_),
                       (std::filesystem::path(root_.own_folder()) / name).string());
  return json_answer(Json::object());
}

HttpAnswer PeopleAnswers::people(const HttpHead& head) {
  const auto search = films_.people(asked_count(head, "film"));
  if (!search) return json_answer({{"is_begun", false}});
  const PeopleFound found = search->found();
  Json people = Json::array();
  for (const PersonCard& card : found.people)
    people.push_back({{"person", card.person},
                      {"frames", card.frames},
                      {"spans", card.spans},
                      {"portraits", card.portraits.size()}});
  return json_answer({{"is_begun", true},
                      {"share", found.share},
                      {"is_done", found.is_done},
                      {"error", printable(found.failure)},
                      {"advice", printable(found.advice)},
                      {"people", std::move(people)}});
}

HttpAnswer PeopleAnswers::portrait(const HttpHead& head) {
  const auto search = films_.people(asked_count(head, "film"));
  const std::string jpeg =
      search ? search->portrait(asked_count(head, "person"), static_cast<std::size_t>(asked_count(head, "number")))
             : "";
  if (jpeg.empty()) return not_found();
  return {200, "image/jpeg", jpeg};
}

HttpAnswer PeopleAnswers::photo(const std::string& body) {
  const AskedPhoto asked = asked_photo(body);
  const auto search = people_found(asked.film);
  const std::string name = "photo-" + random_word() + ".jpg";
  const PassingFile photo((std::filesystem::path(root_.own_folder()) / name).string(), asked.jpeg);
  return json_answer({{"people", people_like(photo.path(), search->tracks_file())}});
}

std::shared_ptr<PeopleSearch> PeopleAnswers::people_found(std::int64_t film) {
  auto search = films_.people(film);
  if (!search || !search->is_good())
    throw Error(ExitCode::kUsage, "nobody has looked yet for who is in this film", "find the people first");
  return search;
}

TrackedPeople PeopleAnswers::tracked(std::int64_t film, const ChosenPeople& chosen, const FilmSegments& segments) {
  const bool choose_segments = std::any_of(segments.begin(), segments.end(), chooses_people);
  if (chosen.are_all() && !choose_segments) return {};
  return {people_found(film)->tracks_file(), chosen};
}

}  // namespace reelface
