// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace reelface {

/// Where what belongs to one job lies, in the studio's own folder.
struct JobFiles {
  JobFiles(const std::string& folder, std::int64_t number);

  std::string job;       ///< the job itself
  std::string log;       ///< what its process says
  std::string lock;      ///< held while it runs
  std::string settings;  ///< what its process is given
  std::string segments;  ///< likewise
  std::string report;    ///< what its process tells at the end
  std::string newest;    ///< a picture of the newest frame, while it runs

  /// And what processes left unfinished that were killed. Only while none is at work for this job.
  void remove() const;
};

}  // namespace reelface
