// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/repair_listing.h"

#include <memory>
#include <utility>

#include "core/whole_file.h"
#include "pipeline/stages/repair_listing.h"

namespace reelface {

LineEditor writing_repair_list(const std::string& path, bool overwrite) {
  return [file = std::make_shared<WholeFile>(path, replacing(overwrite))](Line& line) {
    StepNeeds needs;
    needs.reason = "lists what is repaired";
    const auto write = [file](FrameGroup& group) {
      for (const FrameJob& job : group.jobs) {
        if (job.is_repeat) continue;  // made once, and listed once
        for (const ListedRepair& repair : listed_repairs(job)) file->write(line_of(repair) + "\n");
      }
      if (group.is_last) file->commit();
    };
    line.add(Stage{"list", Concurrency::kSerial, write, 0, std::move(needs)});
  };
}

}  // namespace reelface
