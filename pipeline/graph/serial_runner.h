// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/core/cancel_token.h"
#include "reelface/pipeline/line.h"

namespace reelface {

/// The same way as run_frame_graph, in a plain loop on the calling thread. The reference that tests hold the graph
/// against, and the runner to debug a stage with.
RunStatistics run_frames_serially(FrameSource& source, const Line& line, FrameSink& sink,
                                  const CancelToken* cancel = nullptr);

}  // namespace reelface
