// SPDX-License-Identifier: Apache-2.0
#include "unit/pipeline/fake_stages.h"

#include <random>

namespace reelface::testing {
namespace {

void raise_to(std::atomic<int>& highest, int value) {
  int seen = highest;
  while (seen < value && !highest.compare_exchange_weak(seen, value)) {
  }
}

}  // namespace

CountedStorage::CountedStorage(std::uint8_t value, std::shared_ptr<std::atomic<int>> alive,
                               std::shared_ptr<std::atomic<int>> most_alive)
    : value_(value), alive_(std::move(alive)), most_alive_(std::move(most_alive)) {
  raise_to(*most_alive_, ++*alive_);
}

CountedStorage::~CountedStorage() {
  --*alive_;
}

Plane CountedStorage::plane(int) const {
  return {&value_, 1, 1, 1};
}

std::unique_ptr<FrameStorage> CountedStorage::share() const {
  return std::make_unique<CountedStorage>(value_, alive_, most_alive_);
}

FrameGroupPtr FakeSource::next() {
  if (ended_) return nullptr;
  auto group = std::make_shared<FrameGroup>();
  group->sequence = sequence_++;
  for (int count = 0; count < group_size_ && made_ < frame_count_; ++count, ++made_) {
    FrameJob job;
    job.index = made_;
    FrameFacts facts;
    facts.width = facts.height = 1;
    facts.pts = made_;
    job.frame.emplace(facts, std::make_unique<CountedStorage>(static_cast<std::uint8_t>(made_), alive_, most_alive_));
    group->jobs.push_back(std::move(job));
  }
  if (group->jobs.empty()) group->is_last = ended_ = true;
  return group;
}

void FakeSink::write(FrameGroup& group) {
  for (FrameJob& job : group.jobs) {
    indices.push_back(job.index);
    samples.push_back(*job.frame->plane(0).data);
    job.frame.reset();
  }
}

std::vector<FrameGroupPtr> HoldingStage::take(FrameGroupPtr group) {
  waiting_.push_back(std::move(group));
  if (waiting_.size() <= held_) return {};
  std::vector<FrameGroupPtr> ready{waiting_.front()};
  waiting_.erase(waiting_.begin());
  return ready;
}

std::vector<FrameGroupPtr> HoldingStage::flush() {
  return std::move(waiting_);
}

Stage delaying_stage(const std::string& name, Concurrency concurrency, unsigned seed) {
  return {name, concurrency, [seed](FrameGroup& group) {
            for (FrameJob& job : group.jobs) {
              std::mt19937 random(seed + static_cast<unsigned>(job.index));
              volatile unsigned sink = 0;
              for (unsigned turn = random() % 20000; turn > 0; --turn) sink = sink + turn;
              std::uint8_t& sample = *job.frame->plane(0).data;
              sample = static_cast<std::uint8_t>(sample * 3 + seed + job.index);
            }
          }};
}

}  // namespace reelface::testing
