#include "component_view.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "reelface/core/error.h"
#include "reelface/image/colour_conversion.h"

namespace reelface {
namespace {

// One loop body for every packing: the common ones get constant steps, which is what lets the compiler vectorise them.
template <class Sample, class Visit>
void for_samples(const ComponentView& view, int x, int y, int count, Visit visit) {
  auto* row = view.data + y * view.stride + std::ptrdiff_t{x} * view.step;
  auto* samples = reinterpret_cast<Sample*>(row);
  const std::ptrdiff_t step = view.step / static_cast<int>(sizeof(Sample));
  if (step == 1) {
    for (int i = 0; i < count; ++i) visit(i, samples[i]);
  } else if (step == 2) {
    for (int i = 0; i < count; ++i) visit(i, samples[2 * i]);
  } else if (step == 3) {
    for (int i = 0; i < count; ++i) visit(i, samples[3 * i]);
  } else {
    for (int i = 0; i < count; ++i) visit(i, samples[step * i]);
  }
}

template <class Take>
void read_samples(const ComponentView& view, int x, int y, int count, Take take) {
  const int shift = view.shift;
  const int mask = (1 << view.depth) - 1;
  if (view.bytes == 1) {
    if (view.depth == 8) {
      for_samples<const std::uint8_t>(view, x, y, count, [&](int i, std::uint8_t raw) { take(i, static_cast<float>(raw)); });
    } else {
      for_samples<const std::uint8_t>(view, x, y, count, [&](int i, int raw) { take(i, static_cast<float>((raw >> shift) & mask)); });
    }
  } else {
    for_samples<const std::uint16_t>(view, x, y, count, [&](int i, int raw) { take(i, static_cast<float>((raw >> shift) & mask)); });
  }
}

}  // namespace

void require_editable(const FrameFacts& facts) {
  if (facts.layout.editable && facts.layout.component_count > 0) return;
  throw Error(ExitCode::kUsage, "pixel format '" + facts.layout.name + "' can be carried but not worked on",
              "convert the input first, or choose a pixel format with --pix-fmt, for example yuv420p");
}

ComponentView view_component(const Frame& frame, int component) {
  const FrameFacts& facts = frame.facts();
  require_editable(facts);
  const ComponentLayout& layout = facts.layout.components.at(static_cast<std::size_t>(component));
  const Plane plane = frame.plane(layout.plane);
  ComponentView view;
  view.stride = plane.stride;
  view.step = layout.step;
  view.width = component_width(facts, component);
  view.height = component_height(facts, component);
  view.bytes = layout.depth + layout.shift > 8 ? 2 : 1;
  view.shift = layout.shift;
  view.depth = layout.depth;
  view.data = plane.data + layout.offset;
  if (view.bytes == 2 && (layout.step % 2 != 0 || layout.offset % 2 != 0 || layout.depth + layout.shift > 16)) {
    throw Error(ExitCode::kInternal, "samples of '" + facts.layout.name + "' do not lie on whole words");
  }
  return view;
}

void load_samples(const ComponentView& view, int x, int y, int count, float* codes) {
  read_samples(view, x, y, count, [codes](int i, float code) { codes[i] = code; });
}

void accumulate_samples(const ComponentView& view, int x, int y, int count, float weight, float* sums) {
  read_samples(view, x, y, count, [sums, weight](int i, float code) { sums[i] += weight * code; });
}

void store_samples(const ComponentView& view, int x, int y, int count, const float* codes) {
  const int top = (1 << view.depth) - 1;
  // Clamped as an integer: comparisons of floats may trap, which keeps the compiler from vectorising them.
  const auto rounded = [=](int i) { return std::min(std::max(static_cast<int>(codes[i] + 0.5F), 0), top); };
  const int shift = view.shift;
  if (view.bytes == 1) {
    const int keep = ~(top << shift) & 0xFF;
    for_samples<std::uint8_t>(view, x, y, count, [&](int i, std::uint8_t& raw) {
      raw = static_cast<std::uint8_t>((raw & keep) | (rounded(i) << shift));
    });
  } else {
    const int keep = ~(top << shift) & 0xFFFF;
    for_samples<std::uint16_t>(view, x, y, count, [&](int i, std::uint16_t& raw) {
      raw = static_cast<std::uint16_t>((raw & keep) | (rounded(i) << shift));
    });
  }
}

}  // namespace reelface
