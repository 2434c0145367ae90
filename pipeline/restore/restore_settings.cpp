// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/restore_settings.h"

#include <algorithm>

#include "media/write/xmp_tag.h"
#include "pipeline/restore/film_run.h"
#include "pipeline/restore/provenance.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr double kMostDamagedShare = 0.05;
constexpr double kMostMissingSeconds = 1.0;

}  // namespace

ReadOptions read_options(const RestoreOptions& options, int threads) {
  ReadOptions read = options.read;
  read.decoder_threads = threads;
  return read;
}

FrameFacts decoded_facts(const VideoInfo& video) {
  FrameFacts decoded;
  decoded.width = video.width;
  decoded.height = video.height;
  decoded.layout = video.layout;
  decoded.orientation = video.orientation;
  return decoded;
}

WriteOptions write_options(const RestoreOptions& options, const MediaInfo& input, int threads,
                           const FilmSegments& segments) {
  WriteOptions write = options.write;
  const VideoInfo& video = input.video;
  const LineOutline line = outline_of_restoring(options, video);
  const bool restores_in_segments = std::any_of(segments.begin(), segments.end(), [&](const FilmSegment& segment) {
    return restores(outline_of_restoring(options_in(segment, options), video));
  });
  if (options.provenance && (restores(line) || restores_in_segments)) {
    const Provenance provenance = provenance_of(options, segments);
    write.extra_tags.emplace_back("comment", provenance_comment(input, options, provenance, segments.size()));
    if (!provenance.treatments.empty()) write.extra_tags.emplace_back(kXmpTag, provenance_xmp(provenance));
  }
  const FrameFacts written = facts_behind(line, decoded_facts(video));
  if (written.width != video.width) write.width = written.width;
  if (written.height != video.height) write.height = written.height;
  write.encoder_threads = threads;
  write.bitexact = write.bitexact || options.run.deterministic;
  return write;
}

void judge_damage(const DamageReport& damage, DamagePolicy policy) {
  if (!damage.any()) return;
  const double frames = static_cast<double>(std::max<std::int64_t>(1, damage.decoded_frames));
  const bool is_heavy =
      static_cast<double>(damage.damaged_frames + damage.decode_errors) / frames > kMostDamagedShare ||
      damage.missing_seconds > kMostMissingSeconds;
  if (policy == DamagePolicy::kKeep && !is_heavy) return;
  throw Error(ExitCode::kInputDamaged,
              "the input is damaged: " + std::to_string(damage.damaged_frames) + " frames with errors, " +
                  std::to_string(damage.decode_errors) + " decoding errors, " + std::to_string(damage.missing_seconds) +
                  " s missing",
              is_heavy ? "the output was kept under its .part name; check the source for a better copy"
                       : "run without --on-damage fail to keep the output and pass damaged frames on untouched");
}

}  // namespace reelface
