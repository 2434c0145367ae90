// SPDX-License-Identifier: Apache-2.0
#include "reelface/measure/sample_plane.h"

#include <cstdint>
#include <cstring>
#include <string>

#include "reelface/core/error.h"

namespace reelface {
namespace {

int samples_across(int full, int shift) {
  return -((-full) >> shift);
}

template <class Stored>
void read_samples(const Plane& plane, const ComponentLayout& layout, SamplePlane& into) {
  const auto mask = (std::uint32_t{1} << layout.depth) - 1;
  for (int y = 0; y < into.height; ++y) {
    const std::uint8_t* from = plane.data + y * plane.stride + layout.offset;
    float* to = into.row(y);
    for (int x = 0; x < into.width; ++x, from += layout.step) {
      Stored value;
      std::memcpy(&value, from, sizeof value);
      to[x] = static_cast<float>((std::uint32_t{value} >> layout.shift) & mask);
    }
  }
}

}  // namespace

SamplePlane component_plane(const Frame& frame, int component) {
  const FrameFacts& facts = frame.facts();
  if (!facts.layout.editable || component < 0 || component >= facts.layout.component_count) {
    throw Error(ExitCode::kUsage,
                "cannot read component " + std::to_string(component) + " of pixel format " + facts.layout.name,
                "convert the file to a common pixel format such as yuv420p first");
  }
  const ComponentLayout& layout = facts.layout.components[static_cast<std::size_t>(component)];
  const bool is_chroma = facts.layout.family == ColourFamily::kYuv && (component == 1 || component == 2);
  SamplePlane result(samples_across(facts.width, is_chroma ? facts.layout.chroma_shift_x : 0),
                     samples_across(facts.height, is_chroma ? facts.layout.chroma_shift_y : 0));
  const Plane plane = frame.plane(layout.plane);
  if (layout.depth + layout.shift > 8) {
    read_samples<std::uint16_t>(plane, layout, result);
  } else {
    read_samples<std::uint8_t>(plane, layout, result);
  }
  return result;
}

double peak_of(int bit_depth) {
  return static_cast<double>((std::uint32_t{1} << bit_depth) - 1);
}

SamplePlane luma_of(RgbViewF picture) {
  SamplePlane result(picture.width, picture.height);
  for (int y = 0; y < picture.height; ++y) {
    const float* from = picture.samples + y * picture.row_stride;
    float* to = result.row(y);
    for (int x = 0; x < picture.width; ++x, from += 3) {
      to[x] = 0.2126F * from[0] + 0.7152F * from[1] + 0.0722F * from[2];
    }
  }
  return result;
}

SamplePlane halve(SampleView plane) {
  SamplePlane result(plane.width / 2, plane.height / 2);
  for (int y = 0; y < result.height; ++y) {
    const float* upper = plane.row(2 * y);
    const float* lower = plane.row(2 * y + 1);
    float* to = result.row(y);
    for (int x = 0; x < result.width; ++x, upper += 2, lower += 2)
      to[x] = 0.25F * (upper[0] + upper[1] + lower[0] + lower[1]);
  }
  return result;
}

void require_same_size(int width, int height, int other_width, int other_height, const char* what) {
  if (width == other_width && height == other_height && width > 0 && height > 0) return;
  throw Error(ExitCode::kUsage,
              std::string(what) + " needs two pictures of one size, not " + std::to_string(width) + "x" +
                  std::to_string(height) + " and " + std::to_string(other_width) + "x" + std::to_string(other_height),
              "bring both to one size first");
}

}  // namespace reelface
