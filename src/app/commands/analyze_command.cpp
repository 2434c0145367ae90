// SPDX-License-Identifier: Apache-2.0
#include "app/commands/analyze_command.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "app/command_options.h"
#include "app/command_paths.h"
#include "app/commands/interruption.h"
#include "app/people_page.h"
#include "app/progress_display.h"
#include "app/report_json.h"
#include "reelface/core/log.h"
#include "reelface/restore/analyze_video.h"
#include "report/html_report.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kPortraits = 5;  // of each person, on the page

double rounded(double value, double steps) {
  return std::round(value * steps) / steps;
}

Json to_json(const AnalyzedFace& face) {
  Json points = Json::array();
  for (const Point& point : face.face.points) points.push_back({rounded(point.x, 100), rounded(point.y, 100)});
  const Box& box = face.face.box;
  return {{"frame", face.frame},
          {"time", rounded(face.time_seconds, 1e6)},
          {"box", {rounded(box.x, 100), rounded(box.y, 100), rounded(box.width, 100), rounded(box.height, 100)}},
          {"points", std::move(points)},
          {"score", rounded(face.face.score, 1e4)},
          {"interpolated", face.interpolated},
          {"size", rounded(face.size_px, 100)},
          {"residual", rounded(face.residual_px, 100)},
          {"fade", rounded(face.fade, 1e4)}};
}

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// An object's text without the brace that closes it.
std::string open_text_of(const Json& json) {
  std::string text = text_of(json);
  text.pop_back();
  return text;
}

/// Face by face: as one tree, a film of an hour would need hundreds of megabytes.
void print_tracks(const std::vector<AnalyzedTrack>& tracks, std::ostream& out) {
  const char* between_tracks = "";
  for (const AnalyzedTrack& track : tracks) {
    out << between_tracks
        << open_text_of({{"id", track.id},
                         {"shot", track.shot},
                         {"person", track.person},
                         {"confidence", rounded(track.confidence, 1e4)},
                         {"jitter_before_percent", rounded(track.jitter_before_percent, 1e4)},
                         {"jitter_after_percent", rounded(track.jitter_after_percent, 1e4)}})
        << ",\"faces\":[";
    const char* between_faces = "";
    for (const AnalyzedFace& face : track.faces) {
      out << between_faces << text_of(to_json(face));
      between_faces = ",";
    }
    out << "]}";
    between_tracks = ",";
  }
}

void print(const Analysis& analysis, std::ostream& out) {
  Json shots = Json::array(), people = Json::array();
  for (const AnalyzedPerson& person : analysis.people) {
    people.push_back({{"id", person.id},
                      {"tracks", person.tracks},
                      {"frames", person.frames},
                      {"spans", person.spans},
                      {"size", rounded(person.mean_size_px, 100)}});
  }
  for (const AnalyzedShot& shot : analysis.shots) {
    shots.push_back({{"first_frame", shot.first_frame}, {"end_frame", shot.end_frame}, {"start", shot.start_seconds}});
  }
  out << open_text_of({{"input", printable(analysis.input.path)},
                       {"frames", analysis.frames},
                       {"shots", std::move(shots)},
                       {"layouts", to_json(analysis.layouts)},
                       {"people", std::move(people)}})
      << ",\"tracks\":[";
  print_tracks(analysis.tracks, out);
  out << "]}\n";
}

void summarize(const Analysis& analysis) {
  std::cerr << analysis.frames << " frames, " << analysis.shots.size() << " shots, " << analysis.tracks.size()
            << " tracks, " << analysis.people.size() << " people\n";
  for (const AnalyzedTrack& track : analysis.tracks) {
    double size = 0;
    for (const AnalyzedFace& face : track.faces) size += face.size_px / static_cast<double>(track.faces.size());
    std::fprintf(stderr,
                 "  track %lld: person %lld, frames %lld..%lld, %zu faces, about %.0f px, jitter %.2f %% -> %.2f %%\n",
                 static_cast<long long>(track.id), static_cast<long long>(track.person),
                 static_cast<long long>(track.faces.front().frame), static_cast<long long>(track.faces.back().frame),
                 track.faces.size(), size, track.jitter_before_percent, track.jitter_after_percent);
  }
}

}  // namespace

void add_analyze_command(CLI::App& program, const CancelToken& cancel, int& exit_code) {
  struct Request {
    RestoreOptions options;
    AnalysisTasks tasks;
    std::string people_page;
    ProgressStyle progress = ProgressStyle::kAuto;
  };
  auto request = std::make_shared<Request>();
  RestoreOptions& options = request->options;
  CLI::App* command = program.add_subcommand("analyze", "Find shots and faces; print them as JSON");
  declare(*command, "input", options)->required();
  for (const char* name : {"any-format", "canvas", "tiles"}) declare(*command, name, options);
  declare(*command, "face-detector-score", options);
  declare(*command, "min-face", options)
      ->description("How small faces may be, in pixels; if given, look closely enough to find those");
  for (const char* name : {"detect-every", "window", "threads"}) declare(*command, name, options);
  declare(*command, "device", options)->description("auto, cpu, cuda or cuda:N");
  command->add_option("--tracks", request->tasks.tracks_file, "Keep what was found, for `restore --tracks`")
      ->type_name("FILE");
  command->add_option("--people", request->people_page, "Write a page that shows who is in the film, and when")
      ->type_name("FILE");
  command->add_flag("!--no-people", request->tasks.people, "Do not tell people apart");
  declare(*command, "y", options)->description("Overwrite the files of --tracks and --people");
  command->callback([request, &cancel, &exit_code] {
    if (!request->people_page.empty()) {
      request->tasks.people = true;
      request->tasks.portraits = kPortraits;
    }
    const bool overwrite = request->options.write.overwrite;
    check_paths({files_read(request->options),
                 {{"the file of tracks", request->tasks.tracks_file}, {"the page of people", request->people_page}},
                 overwrite});
    ProgressDisplay display(request->progress, stderr);
    RestoreProgress last;
    const Analysis analysis = analyze_video(
        request->options, request->tasks,
        [&](const RestoreProgress& progress) {
          last = progress;
          display.show(progress);
        },
        &cancel);
    display.finish(last);
    summarize(analysis);
    if (!request->people_page.empty()) {
      write_html_report(request->people_page, people_page(analysis, request->tasks.tracks_file), overwrite);
    }
    print(analysis, std::cout);
    exit_code = cancel.is_requested() ? exit_code_after_interruption() : 0;
  });
}

}  // namespace reelface
