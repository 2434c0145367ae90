// SPDX-License-Identifier: Apache-2.0
#include "faces_of_quarter.h"

#include <algorithm>
#include <cstddef>

#include "core/box_overlap.h"
#include "image/noisy_picture.h"

namespace reelface {
namespace {

constexpr float kMostOverlap = 0.3F;

float enlarged(float place) {
  return kQuarter * place + (kQuarter - 1) / 2.0F;
}

Face enlarged(Face face) {
  face.box = {enlarged(face.box.x), enlarged(face.box.y), kQuarter * face.box.width, kQuarter * face.box.height};
  for (Point& point : face.points) point = {enlarged(point.x), enlarged(point.y)};
  return face;
}

}  // namespace

void add_faces_of_quarter(const std::vector<Face>& of_quarter, std::vector<Face>& faces) {
  const std::size_t known = faces.size();
  for (const Face& small : of_quarter) {
    const Face face = enlarged(small);
    const bool is_known =
        std::any_of(faces.begin(), faces.begin() + static_cast<std::ptrdiff_t>(known),
                    [&](const Face& other) { return box_overlap<float>(other.box, face.box) > kMostOverlap; });
    if (!is_known) faces.push_back(face);
  }
}

}  // namespace reelface
