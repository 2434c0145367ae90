// SPDX-License-Identifier: Apache-2.0
#include "studio/jobs/job_command.h"

#include <filesystem>
#include <system_error>

#include "core/whole_file.h"
#include "pipeline/values/settings_file.h"

namespace reelface {
namespace {

using Words = std::vector<std::string>;

std::string path_in(const RootFolder& root, const std::string& inside) {
  return (std::filesystem::path(root.path()) / inside).string();
}

void add_people(Words& words, const TrackedPeople& people) {
  if (!people.tracks_file.empty()) words.insert(words.end(), {"--tracks", people.tracks_file});
  for (const std::int64_t person : people.chosen.only)
    words.insert(words.end(), {"--only-person", std::to_string(person)});
  for (const std::int64_t person : people.chosen.except)
    words.insert(words.end(), {"--except-person", std::to_string(person)});
}

Words restoring(const std::string& program, const Job& job, const JobFiles& files, const RootFolder& root) {
  write_whole_file(files.settings, settings_text(job.settings), Replacing::kOurOwn);
  std::error_code ignored;
  for (const std::string& old : {files.report, files.newest}) std::filesystem::remove(old, ignored);
  Words words = {program,
                 "restore",
                 root.existing_file(job.film),
                 path_in(root, job.output),
                 "--settings",
                 files.settings,
                 "--progress",
                 "json",
                 "-n",
                 "--report",
                 files.report};
  if (!job.segments.empty()) {
    write_whole_file(files.segments, segments_text(job.segments), Replacing::kOurOwn);
    words.insert(words.end(), {"--segments", files.segments});
  }
  add_people(words, job.people);
  if (!is_picture_name(job.output))  // a picture has no parts, and none before its last
    words.insert(words.end(), {"--resume", "--snapshot", files.newest});
  return words;
}

Words comparing(const std::string& program, const Job& job, const RootFolder& root) {
  return {program,
          "compare",
          root.existing_file(job.restored),
          "--input",
          root.existing_file(job.film),
          "--html",
          path_in(root, job.output),
          "--progress",
          "json"};
}

}  // namespace

Words prepare_command(const std::string& program, const Job& job, const JobFiles& files, const RootFolder& root) {
  return job.is_comparison() ? comparing(program, job, root) : restoring(program, job, files, root);
}

}  // namespace reelface
