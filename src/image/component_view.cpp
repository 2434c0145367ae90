// SPDX-License-Identifier: Apache-2.0
#include "component_view.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "reelface/core/error.h"

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
    for (int i = 0; i < count; ++i) visit(i, samples[std::ptrdiff_t{2} * i]);
  } else if (step == 3) {
    for (int i = 0; i < count; ++i) visit(i, samples[std::ptrdiff_t{3} * i]);
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
      for_samples<const std::uint8_t>(view, x, y, count,
                                      [&](int i, std::uint8_t raw) { take(i, static_cast<float>(raw)); });
    } else {
      for_samples<const std::uint8_t>(view, x, y, count,
                                      [&](int i, int raw) { take(i, static_cast<float>((raw >> shift) & mask)); });
    }
  } else {
    for_samples<const std::uint16_t>(view, x, y, count,
                                     [&](int i, int raw) { take(i, static_cast<float>((raw >> shift) & mask)); });
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
  const auto rounded = [=](int i) {
    const float above = codes[i] + 0.5F;  // its whole part is the nearest code
    return std::min(std::max(static_cast<int>(above), 0), top);
  };
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

namespace {

/// Thresholds in (0, 1) spread evenly over the plane by the two-dimensional golden ratio: no clumps, no visible grid.
class DitherRow {
 public:
  explicit DitherRow(int y) : row_(static_cast<std::uint32_t>(y) * 2447445413U) {}

  // 256 levels and half a level of margin: a difference that is whole but for float rounding still lands exactly.
  float at(int x) const {
    const std::uint32_t phase = row_ + static_cast<std::uint32_t>(x) * 3242174889U;
    return (static_cast<float>(static_cast<int>(phase >> 24)) + 0.5F) * (1.0F / 256);
  }

 private:
  std::uint32_t row_;
};

}  // namespace

void add_to_samples(const ComponentView& view, int x, int y, int count, const float* differences,
                    const CodeRange& legal) {
  const int top = (1 << view.depth) - 1;
  const int lowest = std::max(0, static_cast<int>(std::lround(legal.lowest)));
  const int highest = std::min(top, static_cast<int>(std::lround(legal.highest)));
  const DitherRow dither(y);
  const auto limit = static_cast<float>(top);
  const auto sum = [=](int i, int code) {
    const float difference = std::min(std::max(differences[i], -limit), limit);
    const float dithered = difference + dither.at(x + i);
    const int cut = static_cast<int>(dithered);
    const int change = cut - static_cast<int>(dithered < static_cast<float>(cut));  // rounds down, negative ones too
    return std::min(std::max(code + change, std::min(code, lowest)), std::max(code, highest));
  };
  const int shift = view.shift;
  const int keep = ~(top << shift) & 0xFFFF;
  const auto changed = [=](int i, int raw) { return (raw & keep) | (sum(i, (raw >> shift) & top) << shift); };
  if (view.bytes == 1) {
    for_samples<std::uint8_t>(view, x, y, count,
                              [&](int i, std::uint8_t& raw) { raw = static_cast<std::uint8_t>(changed(i, raw)); });
  } else {
    for_samples<std::uint16_t>(view, x, y, count,
                               [&](int i, std::uint16_t& raw) { raw = static_cast<std::uint16_t>(changed(i, raw)); });
  }
}

}  // namespace reelface
