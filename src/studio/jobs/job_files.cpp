// SPDX-License-Identifier: Apache-2.0
#include "studio/jobs/job_files.h"

#include <filesystem>
#include <system_error>

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
  std::error_code ignored;
  for (const std::string* file : {&job, &log, &lock, &settings, &segments, &report, &newest})
    fs::remove(*file, ignored);
  const std::string unfinished = "." + fs::path(job).stem().string() + ".";  // see UnfinishedFile
  std::error_code failure;
  for (fs::directory_iterator file(fs::path(job).parent_path(), failure); !failure && file != fs::directory_iterator();
       file.increment(failure)) {
    const bool is_of_job = file->path().filename().string().compare(0, unfinished.size(), unfinished) == 0;
    if (is_of_job && file->path().extension() == ".part") fs::remove(file->path(), ignored);
  }
}

}  // namespace reelface
