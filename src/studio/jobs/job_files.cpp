// SPDX-License-Identifier: Apache-2.0
#include "studio/jobs/job_files.h"

#include <filesystem>

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

}  // namespace reelface
