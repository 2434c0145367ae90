#include "app/commands/restore_request.h"

#include "reelface/core/error.h"

namespace reelface {

void check_answers(const RestoreRequest& request) {
  if (request.options.write.overwrite && request.call.never_overwrite)
    throw Error(ExitCode::kUsage, "-y and -n exclude each other", "give one of them");
  if (request.call.repair_list.empty()) return;
  if (request.options.film.repair == RepairKinds::kNone)
    throw Error(ExitCode::kUsage, "--repair-list tells what is repaired, and nothing is", "give --repair on as well");
  if (request.call.resume)
    throw Error(ExitCode::kUsage, "with --resume a film is made in parts, and none of them knows the whole list",
                "make the list first, without --resume; --keep-repairs works with it");
}

}  // namespace reelface
