#include "pipeline/stages/face_stages.h"

#include "reelface/core/error.h"

namespace reelface {

FacePath make_face_path(const RestoreOptions& options, const VideoInfo&, const ThreadBudget&) {
  if (options.model.model != "none") {
    throw Error(ExitCode::kUsage, "this build restores no faces yet", "use --model none");
  }
  return {};
}

int restored_faces(const FrameJob&) { return 0; }

}  // namespace reelface
