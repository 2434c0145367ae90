// SPDX-License-Identifier: Apache-2.0
#pragma once

// Frames told by one number each, for tests of what is done with frames that repeat others. Header only.
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "reelface/pipeline/stage.h"
#include "support/frames.h"

namespace reelface::testing {

/// A frame that shows this level all over.
inline Frame frame_of_level(int level, std::int64_t pts = 0) {
  FrameFacts facts = frame_facts("gray", 3, 2);
  facts.pts = pts;
  facts.duration = 1;
  facts.time_base = {1, 25};
  return frame_of_codes(facts, [level](int, int, int) { return level; });
}

/// A packet alone, in a list of levels.
inline constexpr int kPacket = -1;

/// A frame for each level, with a packet before it, in groups of so many jobs; then the last group. Times leave gaps.
class ShownSource : public FrameSource {
 public:
  ShownSource(std::vector<int> levels, std::size_t jobs_per_group)
      : levels_(std::move(levels)), jobs_per_group_(jobs_per_group) {}

  FrameGroupPtr next() override {
    if (ended_) return nullptr;
    auto group = std::make_shared<FrameGroup>();
    group->sequence = sequence_++;
    while (group->jobs.size() < jobs_per_group_ && place_ < levels_.size()) {
      FrameJob job;
      job.index = frames_;
      job.packets.emplace_back();
      const int level = levels_[place_++];
      if (level != kPacket) job.frame = frame_of_level(level, time_of(frames_++));
      group->jobs.push_back(std::move(job));
    }
    if (group->jobs.empty()) group->is_last = ended_ = true;
    return group;
  }

  static std::int64_t time_of(std::int64_t frame) { return frame * frame; }

 private:
  std::vector<int> levels_;
  std::size_t jobs_per_group_;
  std::size_t place_ = 0, sequence_ = 0;
  std::int64_t frames_ = 0;
  bool ended_ = false;
};

/// Keeps what comes, in order; packets alone too.
class ShownSink : public FrameSink {
 public:
  void write(FrameGroup& group) override {
    for (FrameJob& job : group.jobs) {
      packets += job.packets.size();
      levels.push_back(job.frame ? code_at(*job.frame, 0, 0, 0) : kPacket);
      if (!job.frame) continue;
      indices.push_back(job.index);
      times.push_back(job.frame->facts().pts);
    }
  }

  std::vector<int> levels;
  std::vector<std::int64_t> indices, times;
  std::size_t packets = 0;
};

}  // namespace reelface::testing
