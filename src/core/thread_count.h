// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace reelface {

/// More are neither started nor taken as an answer to --threads: each costs memory, and systems limit their number.
inline constexpr int kMostThreads = 256;

/// What each part that starts threads may use: the graph, decoder, encoder, networks. They work at different moments
/// (while the network runs, the encoder has little to do), so each may use all. OpenCV alone gets one: the graph runs
/// pictures side by side already. `requested`, or as many as there are cores for this process when 0; kMostThreads at
/// most.
int threads_to_use(int requested);

/// Cores this process may run on (its affinity mask); kMostThreads at most.
int available_cores();

}  // namespace reelface
