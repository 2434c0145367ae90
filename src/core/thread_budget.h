#pragma once

namespace reelface {

/// More are neither started nor taken as an answer to --threads: each costs memory, and systems limit their number.
inline constexpr int kMostThreads = 256;

/// How the cores are shared out. Computed once and handed to every library that starts threads.
/// The parts work at different moments (while the network runs, the encoder has little to do), so each share is what
/// that part may use at most; libraries that block the graph's own threads (OpenCV, LibTorch) get what the graph
/// leaves.
struct ThreadBudget {
  int total = 1;
  int graph = 1;      ///< workers of the TBB arena
  int decoder = 1;    ///< libav decoder threads
  int encoder = 1;    ///< libav encoder threads
  int opencv = 1;     ///< OpenCV's own pool; 1 because the graph already runs pictures side by side
  int inference = 1;  ///< LibTorch threads inside one operator
};

/// `requested` cores, or all this process may run on (its affinity mask) when 0; kMostThreads at most.
ThreadBudget share_threads(int requested);

/// Cores this process may run on; kMostThreads at most.
int available_cores();

}  // namespace reelface
