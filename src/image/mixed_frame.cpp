// SPDX-License-Identifier: Apache-2.0
#include "image/mixed_frame.h"

#include <vector>

#include "image/component_view.h"
#include "reelface/core/error.h"

namespace reelface {

void mix_in(Frame& frame, const Frame& other, double share) {
  const FrameFacts& facts = frame.facts();
  if (!facts.layout.editable) return;
  if (facts.width != other.facts().width || facts.height != other.facts().height ||
      facts.layout.name != other.facts().layout.name)
    throw Error(ExitCode::kInternal, "frames of different kinds cannot be mixed");
  frame.make_writable();
  const auto weight = static_cast<float>(share);
  std::vector<float> codes, others;
  for (int component = 0; component < facts.layout.component_count; ++component) {
    const ComponentView view = view_component(frame, component), from = view_component(other, component);
    codes.resize(static_cast<std::size_t>(view.width));
    others.resize(codes.size());
    for (int y = 0; y < view.height; ++y) {
      load_samples(view, 0, y, view.width, codes.data());
      load_samples(from, 0, y, view.width, others.data());
      for (std::size_t x = 0; x < codes.size(); ++x) codes[x] = others[x] + weight * (codes[x] - others[x]);
      store_samples(view, 0, y, view.width, codes.data());
    }
  }
}

}  // namespace reelface
