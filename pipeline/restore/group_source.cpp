// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/group_source.h"

#include <algorithm>
#include <utility>

namespace reelface {

std::size_t frames_per_group(const VideoInfo& video) {
  const double bytes = 3.0 * video.width * video.height * (video.layout.bit_depth() > 8 ? 2 : 1);
  return static_cast<std::size_t>(std::clamp(96e6 / std::max(bytes, 1.0), 1.0, 8.0));
}

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
