#include "app/commands/restore_request.h"

#include "reelface/core/error.h"

namespace reelface {

void check_answers(const RestoreRequest& request) {
  if (request.options.write.overwrite && request.call.never_overwrite)
    throw Error(ExitCode::kUsage, "-y and -n exclude each other", "give one of them");
}

}  // namespace reelface
