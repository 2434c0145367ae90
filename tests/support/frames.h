// SPDX-License-Identifier: Apache-2.0
#pragma once

// Frames for tests, written and read bit by bit, apart from the code under test. Header only: needs reelface::image.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "image/colour_conversion.h"
#include "reelface/image/frame.h"

namespace reelface::testing {

inline FrameFacts frame_facts(const std::string& layout, int width, int height, ColourFacts colour = {}) {
  FrameFacts facts;
  facts.width = width;
  facts.height = height;
  facts.layout = pixel_layout(layout);
  facts.colour = colour;
  return facts;
}

inline std::uint8_t* sample_bytes(const Frame& frame, int component, int x, int y) {
  const ComponentLayout& layout = frame.facts().layout.components.at(static_cast<std::size_t>(component));
  const Plane plane = frame.plane(layout.plane);
  return plane.data + y * plane.stride + std::ptrdiff_t{x} * layout.step + layout.offset;
}

inline int code_at(const Frame& frame, int component, int x, int y) {
  const ComponentLayout& layout = frame.facts().layout.components.at(static_cast<std::size_t>(component));
  const std::uint8_t* bytes = sample_bytes(frame, component, x, y);
  std::uint16_t word = *bytes;
  if (layout.depth + layout.shift > 8) std::memcpy(&word, bytes, 2);
  return (word >> layout.shift) & ((1 << layout.depth) - 1);
}

inline void set_code(const Frame& frame, int component, int x, int y, int code) {
  const ComponentLayout& layout = frame.facts().layout.components.at(static_cast<std::size_t>(component));
  std::uint8_t* bytes = sample_bytes(frame, component, x, y);
  const auto word = static_cast<std::uint16_t>(code << layout.shift);
  if (layout.depth + layout.shift > 8) {
    std::memcpy(bytes, &word, 2);
  } else {
    *bytes = static_cast<std::uint8_t>(word);
  }
}

/// Every sample of every component (alpha too) from `code(component, x, y)`, coordinates in that component's samples.
inline Frame frame_of_codes(const FrameFacts& facts, const std::function<int(int, int, int)>& code) {
  Frame frame = allocate_frame(facts);
  for (int component = 0; component < facts.layout.component_count; ++component) {
    for (int y = 0; y < component_height(facts, component); ++y) {
      for (int x = 0; x < component_width(facts, component); ++x)
        set_code(frame, component, x, y, code(component, x, y));
    }
  }
  return frame;
}

using RgbValues = std::array<double, 3>;

/// A picture given as a function of continuous frame coordinates; every component is taken at its own places.
/// Alpha: 77.
inline Frame frame_of_rgb(const FrameFacts& facts, const std::function<RgbValues(double, double)>& rgb) {
  const ColourConversion colour = colour_conversion(facts);
  const int top = (1 << facts.layout.bit_depth()) - 1;
  return frame_of_codes(facts, [&](int component, int x, int y) {
    if (component >= colour.component_count) return 77;
    const Position place = frame_to_component(facts, component).inverse().apply(Position{double(x), double(y)});
    const double code = colour.code(rgb(place.x, place.y))[static_cast<std::size_t>(component)];
    return static_cast<int>(std::clamp(std::floor(code + 0.5), 0.0, double(top)));
  });
}

/// Repeatable noise without <random>, whose distributions differ between libraries.
inline std::uint32_t hash_of(std::uint32_t value) {
  value ^= value >> 16;
  value *= 0x7feb352dU;
  value ^= value >> 15;
  value *= 0x846ca68bU;
  return value ^ (value >> 16);
}

/// Any code from 0 to the top, also those that no legal picture holds.
inline Frame noise_frame(const FrameFacts& facts, std::uint32_t seed = 1) {
  return frame_of_codes(facts, [&](int component, int x, int y) {
    const auto at = static_cast<std::uint32_t>((component * 8191 + y) * 16381 + x);
    return static_cast<int>(hash_of(at + seed * 0x9E3779B9U) >>
                            (32 - facts.layout.components[static_cast<std::size_t>(component)].depth));
  });
}

/// Everything a frame says, sample by sample in component order.
inline std::vector<int> all_codes(const Frame& frame) {
  std::vector<int> codes;
  for (int component = 0; component < frame.facts().layout.component_count; ++component) {
    for (int y = 0; y < component_height(frame.facts(), component); ++y) {
      for (int x = 0; x < component_width(frame.facts(), component); ++x)
        codes.push_back(code_at(frame, component, x, y));
    }
  }
  return codes;
}

/// One of every packing, depth and subsampling.
inline const std::vector<std::string>& many_layouts() {
  static const std::vector<std::string> names = {
      "yuv420p",     "yuv422p",     "yuv444p",     "yuv411p",  "yuv410p",      "yuv440p", "yuvj420p", "yuv420p10le",
      "yuv422p10le", "yuv444p12le", "yuv420p16le", "yuva420p", "yuva444p10le", "nv12",    "nv21",     "p010le",
      "yuyv422",     "uyvy422",     "gray",        "gray10le", "gray16le",     "ya8",     "gbrp",     "gbrp10le",
      "gbrap",       "rgb24",       "bgr24",       "rgba",     "argb",         "bgr0",    "rgb48le",  "rgba64le"};
  return names;
}

}  // namespace reelface::testing
