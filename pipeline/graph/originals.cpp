// SPDX-License-Identifier: Apache-2.0
#include "pipeline/graph/originals.h"

#include "reelface/pipeline/line_outline.h"

namespace reelface {

Originals::Originals(const Line& line) {
  const LineOutline steps = outline_of(line);
  for (std::size_t place = 0; place < steps.size(); ++place) {
    if (steps[place].needs.needs_original) places_ = place + 1;
  }
}

void Originals::keep(FrameGroup& group) const {
  if (places_ == 0) return;
  for (FrameJob& job : group.jobs) {
    if (job.frame && !job.original) job.original = std::make_shared<const Frame>(job.frame->share());
  }
}

void Originals::let_go(std::size_t place, FrameGroup& group) const {
  if (place + 1 != places_) return;
  for (FrameJob& job : group.jobs) job.original.reset();
}

}  // namespace reelface
