// SPDX-License-Identifier: Apache-2.0
#include "one_size.h"

#include <cmath>

namespace reelface {

bool have_one_shape(FrameSize left, FrameSize right) {
  constexpr double kRounding = 2.5;  // samples: sizes are rounded to whole chroma samples
  const double wanted = static_cast<double>(left.width) * right.height / left.height;
  const double per_sample = static_cast<double>(right.height) / left.height;
  return std::abs(wanted - right.width) <= kRounding * (1 + per_sample);
}

void bring_to_one_size(AlignedFrames& frames, FrameSize size) {
  frames.reference = resized_frame(frames.reference, size);
  frames.restored = resized_frame(frames.restored, size);
  if (frames.input) frames.input = resized_frame(*frames.input, size);
}

void move_faces(std::vector<RegionFace>& faces, FrameSize from, FrameSize to) {
  if (from == to) return;
  const Affine map = resizing_map(from, to);
  const auto across = static_cast<float>(map.rows[0]), down = static_cast<float>(map.rows[4]);
  for (RegionFace& face : faces) {
    face.box.x *= across;
    face.box.y *= down;
    face.box.width *= across;
    face.box.height *= down;
    if (!face.points) continue;
    for (Point& point : *face.points) point = map.apply(point);
  }
}

}  // namespace reelface
