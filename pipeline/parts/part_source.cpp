// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/part_source.h"

#include <utility>

namespace reelface {

OtherFrames::OtherFrames(const std::string& what)
    : Error(
          ExitCode::kInputUnreadable, what,
          "check whether the input has changed since it was planned, and whether this machine has the same decoders") {}

void PartSource::prove(Frame& frame) const {
  const IndexedFrame& planned = index_.frames[static_cast<std::size_t>(next_)];
  FrameFacts& facts = frame.facts();
  if (facts.pts != planned.pts) throw OtherFrames("frame " + std::to_string(next_) + " does not come at its time");
  if (digest_of(frame) != planned.digest)
    throw OtherFrames("frame " + std::to_string(next_) + " is decoded to another picture than when it was planned");
  facts.duration = planned.duration;  // a reader that stops early does not know the last one's
}

std::optional<Frame> PartSource::next_frame() {
  while (next_ < end_) {
    if (cancel_ && cancel_->is_requested()) return std::nullopt;
    std::optional<MediaUnit> unit = reader_.next();
    if (!unit) {
      if (cancel_ && cancel_->is_requested()) return std::nullopt;
      throw OtherFrames("the input ends before frame " + std::to_string(next_));
    }
    if (!unit->frame) continue;
    const std::int64_t first = index_.frames[static_cast<std::size_t>(next_)].pts;
    if (!began_ && unit->frame->facts().pts < first) continue;
    began_ = true;
    prove(*unit->frame);
    ++next_;
    return std::move(unit->frame);
  }
  return std::nullopt;
}

FrameGroupPtr PartSource::next() {
  if (ended_) return nullptr;
  auto group = std::make_shared<FrameGroup>();
  group->sequence = next_sequence_++;
  while (group->jobs.size() < frames_per_group_) {
    FrameJob job;
    job.index = next_;
    job.frame = next_frame();
    if (!job.frame) break;
    group->jobs.push_back(std::move(job));
  }
  if (group->jobs.empty()) group->is_last = ended_ = true;
  return group;
}

}  // namespace reelface
