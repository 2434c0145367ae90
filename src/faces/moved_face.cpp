// SPDX-License-Identifier: Apache-2.0
#include "faces/moved_face.h"

namespace reelface {

Face moved(const Face& face, const Affine& by) {
  Face result = face;
  for (Point& point : result.points) point = by.apply(point);
  const Point corner = by.apply(Point{face.box.x, face.box.y});
  result.box = {corner.x, corner.y, static_cast<float>(face.box.width * by.rows[0]),
                static_cast<float>(face.box.height * by.rows[4])};
  return result;
}

}  // namespace reelface
