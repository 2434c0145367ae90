#include "app/commands/restore_request.h"

#include "app/command_paths.h"
#include "reelface/core/error.h"

namespace reelface {

void check_answers(const RestoreRequest& request) {
  if (request.options.write.overwrite && request.call.never_overwrite)
    throw Error(ExitCode::kUsage, "-y and -n exclude each other", "give one of them");
}

std::vector<PathUse> files_read(const RestoreRequest& request) {
  std::vector<PathUse> read = files_read(request.options);
  read.push_back({"the settings", request.call.settings});
  return read;
}

}  // namespace reelface
