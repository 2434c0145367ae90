// SPDX-License-Identifier: Apache-2.0
#include "reelface/image/frame.h"

#include <utility>

namespace reelface {

Frame::Frame(FrameFacts facts, std::unique_ptr<FrameStorage> storage)
    : facts_(std::move(facts)), storage_(std::move(storage)) {}

Frame Frame::showing(const Frame& other) const {
  FrameFacts facts = other.facts_;
  facts.pts = facts_.pts;
  facts.duration = facts_.duration;
  return Frame(std::move(facts), storage_->showing(*other.storage_));
}

}  // namespace reelface
