#include "pipeline/wanted_tracks.h"

#include <algorithm>
#include <map>
#include <string>

#include "reelface/core/error.h"
#include "reelface/faces/people.h"

namespace reelface {
namespace {

bool contains(const std::vector<std::int64_t>& list, std::int64_t id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

void require_known(const std::vector<std::int64_t>& wanted, const std::map<std::int64_t, FaceDescription>& people) {
  for (const std::int64_t id : wanted) {
    if (people.count(id) > 0) continue;
    throw Error(ExitCode::kUsage, "the tracks know no person " + std::to_string(id),
                people.empty() ? "make them anew with analyze --tracks, without --no-people"
                               : "they know 1 to " + std::to_string(people.rbegin()->first) +
                                     "; analyze --people people.html shows who is who");
  }
}

/// All tracks of a person together say better who it is than each alone.
std::map<std::int64_t, FaceDescription> describe_people(const FilmTracks& tracks) {
  std::map<std::int64_t, std::vector<std::pair<FaceDescription, double>>> weighted;
  for (const DescribedTrack& track : tracks.tracks()) {
    if (track.person > 0) weighted[track.person].emplace_back(track.description, track.confidence);
  }
  std::map<std::int64_t, FaceDescription> people;
  for (const auto& [id, descriptions] : weighted) people[id] = mean_description(descriptions);
  return people;
}

}  // namespace

std::set<std::int64_t> unwanted_tracks(const FilmTracks& tracks, const FaceOptions& faces,
                                       const std::vector<FaceDescription>& references) {
  const std::map<std::int64_t, FaceDescription> people = describe_people(tracks);
  require_known(faces.only_people, people);
  require_known(faces.except_people, people);
  const auto is_wanted = [&](std::int64_t person) {
    if (!faces.only_people.empty() && !contains(faces.only_people, person)) return false;
    if (contains(faces.except_people, person)) return false;
    if (references.empty()) return true;
    return person > 0 && std::any_of(references.begin(), references.end(), [&](const FaceDescription& reference) {
             return distance_between(people.at(person), reference) < faces.reference_distance;
           });
  };
  std::set<std::int64_t> unwanted;
  for (const DescribedTrack& track : tracks.tracks()) {
    if (!is_wanted(track.person)) unwanted.insert(track.id);
  }
  return unwanted;
}

}  // namespace reelface
