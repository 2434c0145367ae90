// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/invert_stage.h"

#include <utility>

namespace reelface {
namespace {

void invert_luma(Frame& frame) {
  const PixelLayout& layout = frame.facts().layout;
  if (!layout.editable || layout.bit_depth() != 8) return;
  frame.make_writable();
  const ComponentLayout& luma = layout.components[0];
  const Plane plane = frame.plane(luma.plane);
  for (int y = 0; y < frame.facts().height; ++y) {
    std::uint8_t* sample = plane.data + y * plane.stride + luma.offset;
    for (int x = 0; x < frame.facts().width; ++x, sample += luma.step)
      *sample = static_cast<std::uint8_t>(255 - *sample);
  }
}

}  // namespace

Stage make_invert_stage() {
  Stage stage{"invert", Concurrency::kParallel, [](FrameGroup& group) {
                for (FrameJob& job : group.jobs) {
                  if (job.frame) invert_luma(*job.frame);
                }
              }};
  stage.needs.reason = "turns light into dark";
  return stage;
}

}  // namespace reelface
