#include "pipeline/restore/memory_estimate.h"

#include <string>

#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr std::int64_t kMebibyte = 1 << 20;
constexpr std::int64_t kProgram = 110 * kMebibyte;     // with the libraries it is linked to
constexpr std::int64_t kFaceModels = 90 * kMebibyte;   // restorer, detector, and what they compute with
constexpr std::int64_t kLibTorch = 110 * kMebibyte;    // measured 105 and 106
constexpr std::int64_t kDescriptor = 50 * kMebibyte;   // who a face is: measured 30 to 52
constexpr std::int64_t kFacesOfFrame = 3 * kMebibyte;  // crops, motion and masks of a face or two
constexpr std::int64_t kFramesInCodecs = 120;          // reordering, look-ahead of x264, tables of FFV1

std::string in_mebibytes(std::int64_t bytes) {
  return std::to_string(bytes / kMebibyte) + " MiB";
}

}  // namespace

std::int64_t bytes_of_frame(const FrameFacts& facts) {
  std::int64_t bytes = 0;
  for (int number = 0; number < facts.layout.component_count; ++number) {
    const bool is_chroma = facts.layout.family == ColourFamily::kYuv && (number == 1 || number == 2);
    const int shift_x = is_chroma ? facts.layout.chroma_shift_x : 0;
    const int shift_y = is_chroma ? facts.layout.chroma_shift_y : 0;
    const int depth = facts.layout.components[static_cast<std::size_t>(number)].depth;
    bytes += std::int64_t{(facts.width >> shift_x) + 1} * ((facts.height >> shift_y) + 1) * (depth > 8 ? 2 : 1);
  }
  return bytes;
}

std::int64_t MemoryNeed::bytes() const {
  const std::int64_t alive = static_cast<std::int64_t>(frames_alive);
  std::int64_t sum = kProgram + bytes_of_frame(read) * alive + bytes_of_frame(written) * kFramesInCodecs;
  if (written.width != read.width || written.height != read.height) sum += bytes_of_frame(written) * alive;
  if (restores_faces) sum += kFaceModels + kFacesOfFrame * alive;
  if (knows_people) sum += kDescriptor;
  if (uses_libtorch) sum += kLibTorch;
  return sum;
}

void check_memory(const MemoryNeed& need, std::int64_t limit_bytes) {
  if (limit_bytes <= 0 || need.bytes() <= limit_bytes) return;
  throw Error(ExitCode::kOutOfMemory,
              "about " + in_mebibytes(need.bytes()) + " of memory would be needed, and --max-memory allows " +
                  in_mebibytes(limit_bytes),
              "allow more; or need less: fewer --threads, a shorter --window, a smaller --upscale");
}

}  // namespace reelface
