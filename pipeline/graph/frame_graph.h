// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/core/cancel_token.h"
#include "reelface/pipeline/line.h"

namespace reelface {

struct GraphLimits {
  std::size_t groups_in_flight = 4;  ///< besides those that look-ahead stages hold
  int threads = 1;                   ///< workers of the arena
};

/// How many groups may be between reading and writing, those that look-ahead stages hold among them.
std::size_t most_groups_alive(const Line& line, const GraphLimits& limits);

/// Runs every group of `source` through `line` into `sink`. Returns when all are written. Throws the first failure of
/// any stage, with the stage's name and frame; Error(kInterrupted) when `cancel` asks to abort; Error(kInternal) when a
/// group got lost. After a throw the sink has seen a prefix of the groups.
RunStatistics run_frame_graph(FrameSource& source, const Line& line, FrameSink& sink, const GraphLimits& limits,
                              const CancelToken* cancel = nullptr);

}  // namespace reelface
