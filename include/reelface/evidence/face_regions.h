#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "reelface/core/face.h"
#include "reelface/core/rgb_image.h"
#include "reelface/image/frame.h"

namespace reelface {

/// A face in one frame, in the frame's stored coordinates (not turned, pixels as they are).
struct RegionFace {
  std::int64_t track = 0;
  Box box;
};

/// Where faces are, so that they can be measured by themselves. Asked for each compared frame of the reference, in
/// order, from one thread.
class FaceRegions {
 public:
  virtual ~FaceRegions() = default;
  virtual std::vector<RegionFace> faces(std::int64_t frame_number, const Frame& reference) = 0;
};

/// From the JSON that `reelface analyze` prints. Throws Error(kUsage) for a file that is none.
std::unique_ptr<FaceRegions> read_face_regions(const std::string& path);

/// Finds faces in small copies of the reference. Faces that overlap from frame to frame keep their track.
using DetectFaces = std::function<std::vector<Face>(RgbView8 picture)>;
std::unique_ptr<FaceRegions> detect_face_regions(DetectFaces detect);

}  // namespace reelface
