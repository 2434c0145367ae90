#pragma once

#include "reelface/pipeline/stage.h"

namespace reelface {

struct BlendOptions {
  bool temporal = true;         ///< carry the restoration's detail along with the input's motion
  bool match_colour = true;     ///< keep the input's light and colour, coarsely
  bool guard_identity = false;  ///< there are measurements of whether a face is still itself
};

/// Makes each restoration agree with those before it, in the crop. Serial: it remembers.
Stage make_blend_stage(const BlendOptions& options);

}  // namespace reelface
