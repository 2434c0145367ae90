// SPDX-License-Identifier: Apache-2.0
#include "pipeline/graph/folding_source.h"

#include <utility>

#include "image/same_picture.h"

namespace reelface {
namespace {

bool goes_on_with_repeats(const FrameJob& job) {
  return !job.frame && !job.repeats.empty();
}

/// The picture that a job shows; null for one that only carries packets.
const Frame* shown_by(const FrameJob& job) {
  if (job.frame) return &*job.frame;
  return job.repeats.empty() ? nullptr : &*job.repeats.front().frame;
}

bool is_repeat(const FrameJob& job, const FrameJob& next) {
  const Frame* const shown = shown_by(job);
  return shown && next.frame && is_same_picture(*shown, *next.frame);
}

/// One more owner of samples that are there already, so that a long run of repeats takes no memory to speak of.
void fold(FrameJob repeat, const Frame& shown, FrameJob& job) {
  repeat.frame = repeat.frame->showing(shown);
  repeat.is_repeat = true;
  job.repeats.push_back(std::move(repeat));
}

}  // namespace

FrameGroupPtr FoldingSource::next() {
  if (ended_) return nullptr;
  auto group = std::make_shared<FrameGroup>();
  group->sequence = next_sequence_++;
  while (group->jobs.size() < frames_per_group_) {
    std::optional<FrameJob> job = waiting_ ? std::exchange(waiting_, std::nullopt) : next_folded();
    if (!job) break;
    const bool stands_alone = goes_on_with_repeats(*job);
    if (stands_alone && !group->jobs.empty()) {
      waiting_ = std::move(job);
      break;
    }
    group->jobs.push_back(std::move(*job));
    if (stands_alone) break;
  }
  if (group->jobs.empty()) group->is_last = ended_ = true;
  return group;
}

std::optional<FrameJob> FoldingSource::next_read() {
  while (!read_ || place_ == read_->jobs.size()) {
    if (read_ && read_->is_last) return std::nullopt;
    read_ = source_.next();
    place_ = 0;
    if (!read_) return std::nullopt;
  }
  return std::move(read_->jobs[place_++]);
}

std::optional<FrameJob> FoldingSource::next_folded() {
  std::optional<FrameJob> job = begun_ ? std::exchange(begun_, std::nullopt) : next_read();
  if (!job || !shown_by(*job)) return job;
  while (std::optional<FrameJob> next = next_read()) {
    if (!is_repeat(*job, *next)) {
      begun_ = std::move(next);
      return job;
    }
    if (job->repeats.size() < kMostRepeats) {
      fold(std::move(*next), *shown_by(*job), *job);
      continue;
    }
    FrameJob rest;
    rest.index = next->index;
    fold(std::move(*next), *shown_by(*job), rest);
    begun_ = std::move(rest);
    return job;
  }
  return job;
}

}  // namespace reelface
