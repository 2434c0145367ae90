#include "pipeline/parts/look_over.h"

#include <array>
#include <cstdio>

#include "pipeline/stages/detect_stage.h"
#include "reelface/core/clock.h"
#include "reelface/core/content_digest.h"
#include "reelface/core/error.h"
#include "reelface/faces/shot_cut_detector.h"
#include "reelface/image/small_copy.h"
#include "reelface/media/film_part.h"

namespace reelface {
namespace {

constexpr std::int64_t kFramesBetweenReports = 16;

void note_cuts(FilmIndex& index, const std::vector<ShotDecision>& decisions) {
  for (const ShotDecision& decision : decisions)
    index.frames[static_cast<std::size_t>(decision.frame_index)].starts_shot = decision.starts_shot;
}

}  // namespace

void CopiedDigests::add(const EncodedPacketPtr& packet) {
  const CopiedPacketFacts facts = facts_of(packet);
  ContentDigest digest;
  digest.update(digests_[facts.input_stream]);
  digest.update(facts.digest);
  digests_[facts.input_stream] = digest.value();
}

std::map<int, std::string> CopiedDigests::values() const {
  std::map<int, std::string> texts;
  for (const auto& [stream, digest] : digests_) {
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(digest));
    texts[stream] = text.data();
  }
  return texts;
}

LookOver look_over(VideoReader& reader, bool find_cuts, const ProgressCallback& on_progress,
                   const CancelToken* cancel) {
  const Stopwatch watch;
  LookOver result;
  FilmIndex& index = result.index;
  index.time_base = reader.info().video.time_base;
  ShotCutDetector cuts;
  CopiedDigests copied;
  while (std::optional<MediaUnit> unit = reader.next()) {
    for (const EncodedPacketPtr& packet : unit->packets) copied.add(packet);
    if (!unit->frame) continue;
    const FrameFacts& facts = unit->frame->facts();
    index.frames.push_back({facts.pts, facts.duration, digest_of(*unit->frame), false});
    if (find_cuts && facts.layout.editable) {
      const SmallCopy copy = make_small_copy(*unit->frame, kDetectionLongSide);
      note_cuts(index, cuts.push(index.size() - 1, copy.picture.view()));
    }
    if (on_progress && index.size() % kFramesBetweenReports == 0) {
      on_progress({index.size(), reader.info().video.expected_frames, 0, watch.seconds()});
    }
  }
  if (cancel && cancel->is_requested())
    throw Error(ExitCode::kInterrupted, "interrupted while the film was looked over");
  note_cuts(index, cuts.flush());
  result.copied_digests = copied.values();
  result.extent = reader.extent();
  result.damage = reader.damage();
  return result;
}

}  // namespace reelface
