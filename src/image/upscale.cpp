#include "image/upscale.h"

#include <algorithm>
#include <string>
#include <vector>

#include "axis_weights.h"
#include "component_view.h"
#include "image/colour_conversion.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

void require_factor(int factor) {
  if (factor >= 1 && factor <= 4) return;
  throw Error(ExitCode::kUsage, "pictures cannot be enlarged " + std::to_string(factor) + " times",
              "choose --upscale 1, 2, 3 or 4");
}

void upscale_component(const Frame& from, const Frame& to, int component, const Affine& to_frame_from) {
  const ComponentView source = view_component(from, component);
  const ComponentView result = view_component(to, component);
  const Affine places = chain(chain(frame_to_component(to.facts(), component).inverse(), to_frame_from),
                              frame_to_component(from.facts(), component));
  const AxisWeights columns = lanczos_weights(result.width, source.width, places.rows[0], places.rows[2]);
  const AxisWeights rows = lanczos_weights(result.height, source.height, places.rows[4], places.rows[5]);
  std::vector<float> sums(static_cast<std::size_t>(source.width));
  std::vector<float> codes(static_cast<std::size_t>(result.width));
  for (int y = 0; y < result.height; ++y) {
    std::fill(sums.begin(), sums.end(), 0.0F);
    for (int k = 0; k < rows.taps; ++k) {
      const int row = rows.first[static_cast<std::size_t>(y)] + k;
      accumulate_samples(source, 0, row, source.width, rows.of(y)[k], sums.data());
    }
    apply_along_row(columns, sums.data(), codes.data());
    store_samples(result, 0, y, result.width, codes.data());
  }
}

}  // namespace

Affine upscale_map(int factor) {
  return Affine::scale_and_move(factor, factor, (factor - 1) / 2.0, (factor - 1) / 2.0);
}

FrameFacts upscaled_facts(const FrameFacts& facts, int factor) {
  require_factor(factor);
  FrameFacts result = facts;
  result.width = facts.width * factor;
  result.height = facts.height * factor;
  keep_guessed_matrix(result, facts.height);
  return result;
}

Frame upscale(const Frame& frame, int factor) {
  require_factor(factor);
  if (factor == 1) return frame.share();
  require_editable(frame.facts());
  Frame result = allocate_frame(upscaled_facts(frame.facts(), factor));
  const Affine back = upscale_map(factor).inverse();
  for (int component = 0; component < frame.facts().layout.component_count; ++component) {
    upscale_component(frame, result, component, back);
  }
  return result;
}

}  // namespace reelface
