// SPDX-License-Identifier: Apache-2.0
// Bytes to frames through the whole reading side: container, decoder, stamps, deinterlacer, range. The first byte picks
// the settings. What is looked for is in our own code; libav is fuzzed elsewhere.
extern "C" {
#include <libavutil/mem.h>
}

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "media/libav/log.h"
#include "media/read/input_source.h"
#include "media/read/media_description.h"
#include "media/read/read_session.h"
#include "media/read/size_survey.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace {

constexpr int kMostFrames = 100;

reelface::ReadOptions options_from(std::uint8_t choice) {
  reelface::ReadOptions options;
  options.max_pixels = 1 << 18;
  options.stall_timeout_seconds = 5;
  if (choice & 1) options.deinterlace = reelface::Deinterlace::kBwdif;
  if (choice & 8) options.decoder_threads = 2;
  if (choice & 2) options.range.from_seconds = 0.1;
  if (choice & 4) options.range.end_frame = 7;
  if ((choice & 6) == 6) options.range.from_seconds.reset();
  return options;
}

void read_everything(reelface::ReadSession& session, const reelface::ReadOptions& options) {
  if (options.range.from_seconds) session.seek(*options.range.from_seconds);
  if (!session.read_first_frame()) return;
  reelface::describe_media("input", session.source().format(), session.source().video_stream(), nullptr);
  std::int64_t last = reelface::kNoTimestamp;
  for (int frames = 0; frames < kMostFrames;) {
    const std::optional<reelface::MediaUnit> unit = session.next();
    if (!unit) break;
    if (!unit->frame) continue;
    ++frames;
    if (unit->frame->facts().pts <= last) std::abort();  // the promise to everyone behind the reader
    last = unit->frame->facts().pts;
  }
  session.damage();
}

/// What headers say of sizes, before anything is read for good.
void survey(std::vector<std::uint8_t> bytes, const reelface::InputLimits& limits) {
  reelface::InputSource source(reelface::bytes_in_memory(std::move(bytes)), "input", limits, nullptr);
  if (!reelface::can_change_size(source)) return;
  reelface::DecoderSettings settings;
  settings.max_pixels = limits.max_pixels;
  const std::vector<reelface::PictureStretch> found = reelface::survey_sizes(source, settings, nullptr).stretches;
  if (found.size() == 1) std::abort();  // one size is no change
  for (const reelface::PictureStretch& stretch : found) {
    if (stretch.width <= 0 || stretch.height <= 0 || !(stretch.seconds >= 0)) std::abort();
  }
}

}  // namespace

// libav takes as much memory as a header names, up to 2 GB, and gives it back when the bytes do not come. A limit of
// its own makes that an error for us to handle, and leaves the fuzzer's limit to what we take.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
  av_max_alloc(std::size_t{256} << 20);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  reelface::set_log_sink([](reelface::LogLevel, std::string_view) {});
  reelface::route_libav_log();
  if (size < 2) return 0;
  const reelface::ReadOptions options = options_from(data[0]);
  reelface::InputLimits limits;
  limits.max_pixels = options.max_pixels;
  limits.stall_timeout_seconds = options.stall_timeout_seconds;
  try {
    survey(std::vector<std::uint8_t>(data + 1, data + size), limits);
    auto bytes = reelface::bytes_in_memory(std::vector<std::uint8_t>(data + 1, data + size));
    auto source = std::make_unique<reelface::InputSource>(std::move(bytes), "input", limits, nullptr);
    reelface::ReadSession session(std::move(source), options, nullptr);
    read_everything(session, options);
  } catch (const reelface::Error&) {
  } catch (const std::bad_alloc&) {
  }
  return 0;
}
