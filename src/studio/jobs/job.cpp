// SPDX-License-Identifier: Apache-2.0
#include "studio/jobs/job.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/spelled_number.h"
#include "pipeline/values/settings_file.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<const char*, 5> kStates = {"waiting", "running", "stopped", "done", "failed"};

JobState state_named(const std::string& name) {
  for (std::size_t state = 0; state < kStates.size(); ++state) {
    if (name == kStates[state]) return static_cast<JobState>(state);
  }
  throw Error(ExitCode::kUsage, "no job is " + printable(name));
}

/// Null: it is no object.
Json object_line(const std::string& line) {
  if (line.empty() || line.front() != '{') return nullptr;
  Json json = Json::parse(line, nullptr, false);
  return json.is_object() ? json : Json(nullptr);
}

double number_in(const Json& json, const char* name, double otherwise) {
  const auto found = json.find(name);
  return found != json.end() && found->is_number() ? found->get<double>() : otherwise;
}

}  // namespace

const char* name_of(JobState state) {
  return kStates[static_cast<std::size_t>(state)];
}

std::string to_text(const Job& job) {
  const Json json = {{"job", job.number},
                     {"film", job.film},
                     {"output", job.output},
                     {"restored", job.restored},
                     {"settings", settings_text(job.settings)},
                     {"segments", segments_text(job.segments)},
                     {"tracks", job.people.tracks_file},
                     {"only", job.people.chosen.only},
                     {"except", job.people.chosen.except},
                     {"state", name_of(job.state)},
                     {"process", job.process},
                     {"reason", job.reason},
                     {"told", job.told},
                     {"place", job.place}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Job job_from_text(const std::string& text) {
  try {
    const Json json = Json::parse(text);
    Job job;
    job.number = json.at("job").get<std::int64_t>();
    job.film = json.at("film").get<std::string>();
    job.output = json.at("output").get<std::string>();
    job.restored = json.value("restored", "");
    job.settings = parse_settings(json.at("settings").get<std::string>(), "the job's settings");
    if (json.contains("segments"))  // files from before have none
      job.segments = parse_segments(json.at("segments").get<std::string>(), "the job's segments");
    job.people.tracks_file = json.value("tracks", "");
    job.people.chosen.only = json.value("only", std::vector<std::int64_t>());
    job.people.chosen.except = json.value("except", std::vector<std::int64_t>());
    job.told = json.value("told", std::vector<std::string>());
    job.state = state_named(json.at("state").get<std::string>());
    job.process = json.at("process").get<std::int64_t>();
    job.reason = json.at("reason").get<std::string>();
    job.place = json.value("place", job.number);           // nor this
    constexpr std::int64_t kMost = std::int64_t{1} << 60;  // both are counted on from here
    if (std::max(job.number, job.place) > kMost || std::min(job.number, job.place) < -kMost)
      throw Error(ExitCode::kUsage, "the numbers in the file of a job are too large");
    return job;
  } catch (const Json::exception&) {
    throw Error(ExitCode::kUsage, "the file of a job cannot be understood");
  }
}

bool is_picture_name(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) return false;
  std::string ending = name.substr(dot + 1);
  for (char& letter : ending) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  constexpr std::array<const char*, 7> kEndings = {"png", "jpg", "jpeg", "tif", "tiff", "webp", "bmp"};
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

JobProgress progress_in(const std::string& log) {
  JobProgress progress;
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line) && !lines.eof();) {
    const Json json = object_line(line);
    if (!json.is_object() || json.find("frames") == json.end()) continue;
    progress.frames = static_cast<std::int64_t>(number_in(json, "frames", 0));
    progress.frames_expected = static_cast<std::int64_t>(number_in(json, "frames_expected", 0));
    progress.frames_per_second = number_in(json, "frames_per_second", 0);
    progress.seconds_left = number_in(json, "seconds_left", -1);
  }
  return progress;
}

std::vector<std::string> lines_of_report(const std::string& report) {
  std::vector<std::string> lines;
  const Json json = Json::parse(report, nullptr, false);
  const auto count_of = [](const Json& count) { return std::to_string(count.get<std::int64_t>()); };
  try {
    const Json &run = json.at("run"), &faces = json.at("faces");
    const double seconds = std::round(run.at("wall_seconds").get<double>());
    lines.push_back(count_of(run.at("frames")) + " frames in " + spelled(seconds, 9) + " s");
    if (faces.at("seen").get<std::int64_t>() > 0)
      lines.push_back(count_of(faces.at("seen")) + " faces seen, " + count_of(faces.at("restored")) + " restored");
    const auto model = json.at("model").get<std::string>();
    if (!model.empty()) lines.push_back("Restored by: " + model);
    for (const Json& warning : json.at("warnings")) lines.push_back("Note: " + warning.get<std::string>());
  } catch (const Json::exception&) {
    lines.clear();
  }
  return lines;
}

std::string complaint_in(const std::string& log) {
  constexpr char kName[] = "reelface: ", kAdvice[] = "  try: ";
  std::string complaint;
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) {
    if (line.compare(0, sizeof kName - 1, kName) == 0) complaint = line.substr(sizeof kName - 1);
    if (line.compare(0, sizeof kAdvice - 1, kAdvice) == 0 && !complaint.empty())
      complaint += "; try: " + line.substr(sizeof kAdvice - 1);
  }
  return complaint;
}

}  // namespace reelface
