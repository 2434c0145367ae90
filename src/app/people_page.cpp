// SPDX-License-Identifier: Apache-2.0
#include "app/people_page.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "core/shell_quoted.h"
#include "media/encode/still_image.h"
#include "reelface/core/log.h"
#include "reelface/version.h"

namespace reelface {
namespace {

constexpr int kQuality = 86;

std::string clock(double seconds) {
  const auto whole = static_cast<long long>(std::max(0.0, seconds));
  char text[48];
  if (whole >= 3600)
    std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60, whole % 60);
  else
    std::snprintf(text, sizeof text, "%lld:%02lld", whole / 60, whole % 60);
  return text;
}

std::string count_of(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

double seconds_of(const Analysis& analysis, std::int64_t frames) {
  const Rational rate = analysis.input.video.frame_rate;
  return static_cast<double>(frames) / (rate.is_known() ? rate.value() : 25);
}

ReportPerson person_card(const AnalyzedPerson& person, const Analysis& analysis, const std::string& tracks_file) {
  const std::string id = std::to_string(person.id);
  ReportPerson card;
  card.title = "Person " + id;
  char size[32];
  std::snprintf(size, sizeof size, "%.0f px", person.mean_size_px);
  card.caption = clock(seconds_of(analysis, person.frames)) + " on screen, " + count_of(person.tracks.size(), "track") +
                 ", faces of about " + size;
  for (const AnalyzedPortrait& portrait : person.portraits) {
    ReportImage image{"image/jpeg", encode_jpeg(portrait.picture.view(), kQuality), portrait.picture.width,
                      portrait.picture.height};
    card.crops.push_back({"frame " + std::to_string(portrait.frame), std::move(image)});
  }
  const double frames = static_cast<double>(std::max<std::int64_t>(1, analysis.frames));
  for (const auto& [first, last] : person.spans) {
    card.presence.emplace_back(static_cast<double>(first) / frames, static_cast<double>(last + 1) / frames);
  }
  card.when = count_of(person.spans.size(), "time") + ", first at " +
              clock(seconds_of(analysis, person.spans.front().first)) + ", last seen at " +
              clock(seconds_of(analysis, person.spans.back().second));
  const std::string tracks = tracks_file.empty() ? "tracks.json" : shell_quoted(tracks_file);
  card.commands = {{"Restore only this person", "--tracks " + tracks + " --only-person " + id},
                   {"Leave this person alone", "--tracks " + tracks + " --except-person " + id}};
  return card;
}

}  // namespace

ReportData people_page(const Analysis& analysis, const std::string& tracks_file) {
  ReportData page;
  page.title = "People in " + printable(std::filesystem::path(analysis.input.path).filename().string());
  const std::size_t people = analysis.people.size();
  page.subtitle = (people == 1 ? "1 person, " : std::to_string(people) + " people, ") +
                  count_of(analysis.tracks.size(), "track") + ", " + count_of(analysis.shots.size(), "shot") + ", " +
                  clock(seconds_of(analysis, analysis.frames));
  if (tracks_file.empty()) {
    page.warnings.push_back(
        "The options below need the tracks of this analysis. Keep them: reelface analyze FILM --tracks tracks.json "
        "--people people.html");
  }
  const auto unknown = std::count_if(analysis.tracks.begin(), analysis.tracks.end(),
                                     [](const AnalyzedTrack& track) { return track.person == 0; });
  if (unknown > 0) {
    page.warnings.push_back(count_of(static_cast<std::size_t>(unknown), "track") +
                            " could not be given to anybody: too small, too turned or too short.");
  }
  for (const AnalyzedPerson& person : analysis.people)
    page.people.push_back(person_card(person, analysis, tracks_file));
  page.footer =
      std::string("Made by reelface analyze ") + kVersion +
      ". Faces are sorted by likeness and may be sorted wrongly: a person may be here twice, and recognition errs "
      "more on children, on old film and on people it was trained with less.";
  return page;
}

}  // namespace reelface
