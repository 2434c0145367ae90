// SPDX-License-Identifier: Apache-2.0
#include "app/commands/restore_request.h"

#include <exception>

#include "app/command_paths.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

/// Frames are described while one run restores all of them.
void check_provenance(const RestoreRequest& request) {
  const CallOptions& call = request.call;
  if (call.provenance.empty() && call.c2pa_manifest.empty()) return;
  const std::string name = call.provenance.empty() ? "--c2pa-manifest" : "--provenance";
  if (call.resume)
    throw Error(ExitCode::kUsage,
                name + " describes frames while one run restores them, and --resume makes a film in parts",
                "leave " + name + " or --resume out");
  const PictureOptions& picture = request.options.picture;
  if (picture.compare != CompareMode::kNone || picture.overlay != Overlay::kNone)
    throw Error(ExitCode::kUsage, name + " describes a restored film, and this output would show more than that",
                "leave --compare and --overlay out");
}

}  // namespace

void check_answers(const RestoreRequest& request) {
  if (request.options.write.overwrite && request.call.never_overwrite)
    throw Error(ExitCode::kUsage, "-y and -n exclude each other", "give one of them");
  check_provenance(request);
  if (request.call.repair_list.empty()) return;
  if (film_steps(request.options.film).repair == RepairKinds::kNone)
    throw Error(ExitCode::kUsage, "--repair-list tells what is repaired, and nothing is", "give --repair on as well");
  if (request.call.resume)
    throw Error(ExitCode::kUsage, "with --resume a film is made in parts, and none of them knows the whole list",
                "make the list first, without --resume; --keep-repairs works with it");
}

void check_options(const RestoreOptions& options, const CallOptions& call) {
  try {
    check(options);
  } catch (const Error&) {
    if (call.settings.empty()) throw;
    std::throw_with_nested(Error(ExitCode::kUsage, "with the settings " + printable(call.settings)));
  }
}

std::vector<PathUse> files_read(const RestoreRequest& request) {
  std::vector<PathUse> read = files_read(request.options);
  read.push_back({"the settings", request.call.settings});
  return read;
}

}  // namespace reelface
