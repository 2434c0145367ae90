// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "reelface/restore/film_segments.h"
#include "studio/chosen_people.h"
#include "studio/films/open_films.h"
#include "studio/http/http_message.h"
#include "studio/root_folder.h"

namespace reelface {

/// What the page is answered about who is in a film. Thread-safety: safe.
class PeopleAnswers {
 public:
  /// Both outlive the answers.
  PeopleAnswers(OpenFilms& films, const RootFolder& root) : films_(films), root_(root) {}

  // Throw what went wrong.
  HttpAnswer search(const std::string& body);
  HttpAnswer people(const HttpHead& head);
  HttpAnswer photo(const std::string& body);
  HttpAnswer portrait(const HttpHead& head);

  /// With the file of tracks that they are chosen by, there or in a segment. Throws Error(kUsage) while nobody has
  /// looked for people.
  TrackedPeople tracked(std::int64_t film, const ChosenPeople& chosen, const FilmSegments& segments);

 private:
  std::shared_ptr<PeopleSearch> people_found(std::int64_t film);

  OpenFilms& films_;
  const RootFolder& root_;
};

}  // namespace reelface
