// SPDX-License-Identifier: Apache-2.0
#include "studio/films/open_films.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "reelface/core/error.h"
#include "reelface/restore/option_table.h"

namespace reelface {
namespace {

RestoreOptions usual_options(const std::string& path) {
  RestoreOptions options;
  options.input = path;
  return options;
}

/// What decides which frames come.
std::string reading_of(const RestoreOptions& options) {
  RestoreOptions reading;
  reading.read = options.read;
  std::string text;
  for (const auto& [name, texts] : spelled_options(reading)) {
    text += name;
    for (const std::string& one : texts) text += " " + one;
    text += "\n";
  }
  return text;
}

}  // namespace

OpenFilms::Film& OpenFilms::film(std::int64_t number) {
  const auto found =
      std::find_if(films_.begin(), films_.end(), [number](const Film& film) { return film.number == number; });
  if (found == films_.end()) throw Error(ExitCode::kInputUnreadable, "that film is not open any more", "open it again");
  films_.splice(films_.begin(), films_, found);
  return films_.front();
}

std::int64_t OpenFilms::open(const std::string& path) {
  const RestoreOptions options = usual_options(path);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const Film& film : films_) {
      // One that could not be looked over is tried again: it may have been mended.
      if (film.path == path && film.look->progress().failure.empty()) return film.number;
    }
  }
  auto look = std::make_shared<FilmLook>(options);
  std::list<Film> old;  // ended without the lock
  const std::lock_guard<std::mutex> lock(mutex_);
  films_.push_front({++last_number_, path, reading_of(options), std::move(look), nullptr});
  while (films_.size() > kMostFilms) old.splice(old.end(), films_, std::prev(films_.end()));
  return last_number_;
}

std::string OpenFilms::path_of(std::int64_t number) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return film(number).path;
}

std::shared_ptr<FilmLook> OpenFilms::look(std::int64_t number, const RestoreOptions& options) {
  const std::string reading = reading_of(options);
  std::shared_ptr<FilmLook> old;
  const std::lock_guard<std::mutex> lock(mutex_);
  Film& asked = film(number);
  if (asked.reading == reading) return asked.look;
  auto look = std::make_shared<FilmLook>(options);
  old = std::exchange(asked.look, look);
  asked.reading = reading;
  return look;
}

std::shared_ptr<FilmLook> OpenFilms::latest_look(std::int64_t number) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return film(number).look;
}

void OpenFilms::search_people(std::int64_t number, const RestoreOptions& options, const std::string& tracks_file) {
  std::shared_ptr<PeopleSearch> old;  // ended without the lock
  const std::lock_guard<std::mutex> lock(mutex_);
  Film& asked = film(number);
  if (asked.people && asked.people->found().failure.empty()) return;
  old = std::exchange(asked.people, std::make_shared<PeopleSearch>(options, tracks_file));
}

std::shared_ptr<PeopleSearch> OpenFilms::people(std::int64_t number) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return film(number).people;
}

}  // namespace reelface
