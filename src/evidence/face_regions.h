// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "reelface/core/face.h"
#include "reelface/core/rgb_image.h"
#include "reelface/image/frame.h"

namespace reelface {

/// Eyes, nose and mouth corners of one face.
using FacePoints = std::array<Point, 5>;

/// A face in one frame, in the frame's stored coordinates (not turned, pixels as they are).
struct RegionFace {
  std::int64_t track = 0;
  Box box;
  std::optional<FacePoints> points;
};

/// Where faces are, so that they can be measured by themselves.
class FaceRegions {
 public:
  virtual ~FaceRegions() = default;

  /// Asked for each compared frame of the reference, in order, from one thread.
  virtual std::vector<RegionFace> faces(std::int64_t frame_number, const Frame& reference) = 0;

  /// Where the same faces' points are in the same moment of another file, one entry for each face; nothing where a face
  /// is not found or nobody looks. Several threads may ask at once.
  virtual std::vector<std::optional<FacePoints>> points_in(const Frame& other,
                                                           const std::vector<RegionFace>& faces) const {
    static_cast<void>(other);
    return std::vector<std::optional<FacePoints>>(faces.size());
  }
};

/// From the JSON that `reelface analyze` prints. Throws Error(kUsage) for a file that is none.
std::unique_ptr<FaceRegions> read_face_regions(const std::string& path);

/// Finds faces in small copies of the frames. Faces that overlap from frame to frame keep their track. `detect` is
/// called by several threads at once.
using DetectFaces = std::function<std::vector<Face>(RgbView8 picture)>;
std::unique_ptr<FaceRegions> detect_face_regions(DetectFaces detect);

}  // namespace reelface
