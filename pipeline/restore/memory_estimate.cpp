// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/memory_estimate.h"

#include <string>

#include "pipeline/stages/network_memory.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr std::int64_t kProgram = 110 * kMebibyte;  // with the libraries it is linked to
constexpr std::int64_t kFramesInCodecs = 120;       // reordering, look-ahead of x264, tables of FFV1
constexpr std::int64_t kFramesOfThreads = 15;       // with several: what looks ahead has one of its own, and a queue
constexpr std::int64_t kFramesOfEachThread = 8;     // the frames that it decodes and encodes, and their neighbours

std::int64_t frames_in_codecs(int threads) {
  return kFramesInCodecs + (threads > 1 ? kFramesOfThreads + kFramesOfEachThread * threads : 0);
}

/// To the nearest, as --dry-run tells it.
std::string in_mebibytes(std::int64_t bytes) {
  return std::to_string((bytes + kMebibyte / 2) / kMebibyte) + " MiB";
}

}  // namespace

std::int64_t MemoryNeed::bytes() const {
  const std::int64_t alive = static_cast<std::int64_t>(frames_alive);
  return kProgram + bytes_of_frame(read) * alive + bytes_of_steps(line, read, frames_alive, threads) +
         bytes_of_frame(facts_behind(line, read)) * frames_in_codecs(threads);
}

void check_memory(const MemoryNeed& need, std::int64_t limit_bytes) {
  if (limit_bytes <= 0 || need.bytes() <= limit_bytes) return;
  throw Error(ExitCode::kOutOfMemory,
              "about " + in_mebibytes(need.bytes()) + " of memory would be needed, and --max-memory allows " +
                  in_mebibytes(limit_bytes),
              "allow more; or need less: fewer --threads, a shorter --window, a smaller --upscale");
}

}  // namespace reelface
