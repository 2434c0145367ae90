// SPDX-License-Identifier: Apache-2.0
#include "image/same_picture.h"

#include <algorithm>
#include <cstring>

#include "image/colour_conversion.h"

namespace reelface {
namespace {

bool is_like(const FrameFacts& one, const FrameFacts& other) {
  return one.width == other.width && one.height == other.height && one.layout.name == other.layout.name &&
         one.damaged == other.damaged && one.interlaced == other.interlaced &&
         one.top_field_first == other.top_field_first;
}

bool are_same(const Plane& one, const Plane& other, std::size_t bytes) {
  if (one.data == other.data && one.stride == other.stride) return true;
  for (int row = 0; row < one.height; ++row) {
    if (std::memcmp(one.data + row * one.stride, other.data + row * other.stride, bytes) != 0) return false;
  }
  return true;
}

}  // namespace

// In packed 4:2:2 luma and chroma share a row, each with steps and a width of its own, so that the plane's width and
// the widest step together would be twice as much as there is.
std::size_t sample_bytes_of_row(const FrameFacts& facts, int plane) {
  std::size_t bytes = 0;
  for (int component = 0; component < facts.layout.component_count; ++component) {
    const ComponentLayout& where = facts.layout.components[static_cast<std::size_t>(component)];
    if (where.plane != plane) continue;
    const auto samples = static_cast<std::size_t>(component_width(facts, component));
    bytes = std::max(bytes, static_cast<std::size_t>(where.step) * samples);
  }
  return bytes;
}

bool is_same_picture(const Frame& one, const Frame& other) {
  const FrameFacts& facts = one.facts();
  if (!facts.layout.editable || !is_like(facts, other.facts())) return false;
  for (int number = 0; number < facts.layout.plane_count; ++number) {
    if (!are_same(one.plane(number), other.plane(number), sample_bytes_of_row(facts, number))) return false;
  }
  return true;
}

}  // namespace reelface
