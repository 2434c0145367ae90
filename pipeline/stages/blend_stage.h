// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/pipeline/line.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

struct BlendOptions {
  bool temporal = true;         ///< carry the restoration's detail along with the input's motion
  bool match_colour = true;     ///< keep the input's light and colour, coarsely
  bool guard_identity = false;  ///< there are measurements of whether a face is still itself
  int crop_size = 256;
};

/// What makes each restoration agree with its input and with those before it, in the crop. Only one short step sees
/// groups in order.
///   match   the input's light and colour, and what blending must know of each crop by itself
///   recall  which crops it follows, and how much of each face is used. Serial: it remembers
///   blend   the blending itself
Stage make_match_stage(const BlendOptions& options);
Stage make_recall_stage(const BlendOptions& options);
Stage make_blend_stage(const BlendOptions& options);

/// Those of them that the options want.
void add_blending(Line& line, const BlendOptions& options);

}  // namespace reelface
