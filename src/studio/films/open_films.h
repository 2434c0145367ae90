// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "reelface/restore/restore_options.h"
#include "studio/films/film_look.h"
#include "studio/films/people_search.h"

namespace reelface {

/// The films that the page has opened, the last few. Thread-safety: safe.
class OpenFilms {
 public:
  /// Opens a film, or finds it open. Throws what VideoReader throws.
  std::int64_t open(const std::string& path);

  /// Where it lies. Throws Error(kInputUnreadable): it is not open, or not any more.
  std::string path_of(std::int64_t film);

  /// The film as these options read it; looked over anew if they read it otherwise than before.
  std::shared_ptr<FilmLook> look(std::int64_t film, const RestoreOptions& options);

  /// The one that was asked for last.
  std::shared_ptr<FilmLook> latest_look(std::int64_t film);

  /// Looks for who is in the film; anew, if that was in vain before.
  void search_people(std::int64_t film, const RestoreOptions& options, const std::string& tracks_file);

  /// Null: nobody has been looked for.
  std::shared_ptr<PeopleSearch> people(std::int64_t film);

 private:
  static constexpr std::size_t kMostFilms = 4;

  struct Film {
    std::int64_t number = 0;
    std::string path;
    std::string reading;  ///< how it is read
    std::shared_ptr<FilmLook> look;
    std::shared_ptr<PeopleSearch> people;
  };
  Film& film(std::int64_t number);

  std::mutex mutex_;
  std::int64_t last_number_ = 0;
  std::list<Film> films_;  ///< the one asked for last in front
};

}  // namespace reelface
