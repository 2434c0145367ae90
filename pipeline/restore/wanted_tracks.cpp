// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/wanted_tracks.h"

#include <algorithm>
#include <map>
#include <string>

#include "people/people.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

bool contains(const std::vector<std::int64_t>& list, std::int64_t id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

using People = std::map<std::int64_t, std::vector<const DescribedTrack*>>;

void require_known(const std::vector<std::int64_t>& wanted, const People& people) {
  for (const std::int64_t id : wanted) {
    if (people.count(id) > 0) continue;
    throw Error(ExitCode::kUsage, "the tracks know no person " + std::to_string(id),
                people.empty() ? "make them anew with analyze --tracks, without --no-people"
                               : "they know 1 to " + std::to_string(people.rbegin()->first) +
                                     "; analyze --people people.html shows who is who");
  }
}

People people_of(const FilmTracks& tracks) {
  People people;
  for (const DescribedTrack& track : tracks.tracks()) {
    if (track.person > 0) people[track.person].push_back(&track);
  }
  return people;
}

/// All tracks of a person together say better who it is than each alone.
float distance_to(const std::vector<const DescribedTrack*>& person, ReferenceFace& reference) {
  std::vector<std::pair<FaceDescription, double>> seen, wanted;
  for (const DescribedTrack* track : person) {
    seen.emplace_back(track->description, track->confidence);
    wanted.emplace_back(reference.seen_at(track->size_px), track->confidence);
  }
  return distance_between(mean_description(seen), mean_description(wanted));
}

}  // namespace

std::set<std::int64_t> unwanted_tracks(const FilmTracks& tracks, const FaceOptions& faces,
                                       std::vector<ReferenceFace>& references) {
  const People people = people_of(tracks);
  require_known(faces.only_people, people);
  require_known(faces.except_people, people);
  const auto is_wanted = [&](std::int64_t person) {
    if (!faces.only_people.empty() && !contains(faces.only_people, person)) return false;
    if (contains(faces.except_people, person)) return false;
    if (references.empty()) return true;
    return person > 0 && std::any_of(references.begin(), references.end(), [&](ReferenceFace& reference) {
             return distance_to(people.at(person), reference) < faces.reference_distance;
           });
  };
  std::map<std::int64_t, bool> decisions;
  std::set<std::int64_t> unwanted;
  for (const DescribedTrack& track : tracks.tracks()) {
    const auto [decision, is_new] = decisions.emplace(track.person, false);
    if (is_new) decision->second = is_wanted(track.person);
    if (!decision->second) unwanted.insert(track.id);
  }
  return unwanted;
}

}  // namespace reelface
