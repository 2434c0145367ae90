#include "pipeline/group_source.h"

#include <utility>

namespace reelface {

FrameGroupPtr GroupSource::next() {
  if (ended_) return nullptr;
  auto group = std::make_shared<FrameGroup>();
  group->sequence = next_sequence_++;
  while (!drained_ && group->jobs.size() < frames_per_group_) {
    std::optional<MediaUnit> unit;
    if (!(cancel_ && cancel_->is_requested())) unit = reader_.next();
    if (!unit) {
      drained_ = true;
      break;
    }
    FrameJob job;
    job.index = next_index_;
    job.packets = std::move(unit->packets);
    job.frame = std::move(unit->frame);
    if (job.frame) ++next_index_;
    group->jobs.push_back(std::move(job));
  }
  if (group->jobs.empty()) group->is_last = ended_ = true;
  return group;
}

}  // namespace reelface
