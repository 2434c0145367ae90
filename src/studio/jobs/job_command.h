// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "studio/jobs/job.h"
#include "studio/jobs/job_files.h"
#include "studio/root_folder.h"

namespace reelface {

/// The command that does a job, word by word. Writes the files that it reads, and takes away what a try before has
/// left. Throws Error(kInputUnreadable) if the job's film is not there any more.
std::vector<std::string> prepare_command(const std::string& program, const Job& job, const JobFiles& files,
                                         const RootFolder& root);

}  // namespace reelface
