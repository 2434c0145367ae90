// SPDX-License-Identifier: Apache-2.0
#include "studio/jobs/job_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

#include "core/unfinished_file.h"

namespace reelface {

JobFiles::JobFiles(const std::string& folder, std::int64_t number) {
  const std::string stem = (std::filesystem::path(folder) / std::to_string(number)).string();
  job = stem + ".job";
  log = stem + ".log";
  lock = stem + ".lock";
  settings = stem + ".json";
  segments = stem + ".segments";
  report = stem + ".report.json";
  newest = stem + ".newest.jpg";
}

void JobFiles::remove() const {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(job).parent_path();
  const std::vector<std::string> all{job, log, lock, settings, segments, report, newest};
  std::error_code ignored, failure;
  for (const std::string& file : all) fs::remove(file, ignored);
  for (fs::directory_iterator file(folder, failure); !failure && file != fs::directory_iterator();
       file.increment(failure)) {
    const std::string name = file->path().filename().string();
    const std::string finished = (folder / name_of_unfinished(name)).string();
    if (std::find(all.begin(), all.end(), finished) != all.end()) fs::remove(file->path(), ignored);
  }
}

}  // namespace reelface
