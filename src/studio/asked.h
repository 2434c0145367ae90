// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "reelface/restore/film_segments.h"
#include "reelface/restore/option_table.h"
#include "studio/chosen_people.h"
#include "studio/root_folder.h"

namespace reelface {

// What the page asks for in JSON. Pure functions; everything else than what is written here throws Error(kUsage).

/// {"path": "films/old.mkv"}
std::string asked_path(const std::string& body);

/// {"film": 3, "frame": 120, "settings": {"strength": 80}, "segments": [], "people": {}}, as files of settings and
/// of segments say it.
struct AskedFrame {
  std::int64_t film = 0;
  std::int64_t frame = 0;
  SpelledOptions settings;
  FilmSegments segments;
  ChosenPeople people;
};
AskedFrame asked_frame(const std::string& body);

/// The same with {"count": 50}: so many frames from this one on.
struct AskedLoop {
  AskedFrame from;
  std::int64_t count = 0;
};
AskedLoop asked_loop(const std::string& body);

/// {"film": 3, "output": "films/new.mkv", "settings": {}}
struct AskedJob {
  std::int64_t film = 0;
  std::string output;
  SpelledOptions settings;
  FilmSegments segments;
  ChosenPeople people;
};
AskedJob asked_job(const std::string& body);

/// {"film": 3, "photo": "…"}: a small JPEG, in base64.
struct AskedPhoto {
  std::int64_t film = 0;
  std::string jpeg;
};
AskedPhoto asked_photo(const std::string& body);

/// {"job": 3, "action": "stop"}
enum class JobAction { kStop, kGoOn, kDoNext, kForget, kCompare };
struct AskedAction {
  std::int64_t job = 0;
  JobAction action = JobAction::kStop;
};
AskedAction asked_action(const std::string& body);

/// The same settings with the files that they name, found in the folder and named from the system's root. There are no
/// others: throws Error(kInputUnreadable).
SpelledOptions with_files_of(const SpelledOptions& settings, const RootFolder& folder);
FilmSegments with_files_of(FilmSegments segments, const RootFolder& folder);

/// The options of these settings for one film, with files as with_files_of() finds them. Throws Error(kUsage) for
/// options that contradict each other as well.
RestoreOptions options_for(const std::string& film, const SpelledOptions& settings, const RootFolder& folder,
                           const TrackedPeople& people = {});

}  // namespace reelface
