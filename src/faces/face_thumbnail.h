#pragma once

#include <array>
#include <optional>

#include "reelface/core/face.h"
#include "reelface/core/rgb_image.h"

namespace reelface {

/// What a face looks like, small: grey, aligned by its points, brightness and contrast taken out (mean 0, length 1).
struct FaceThumbnail {
  static constexpr int kSide = 16;
  std::array<float, kSide * kSide> values{};
};

/// Thumbnail of a face found in this very picture (points in its pixels). Cheap; thread-safe. Nothing when the place of
/// the face is unusable (points coincide) or has no texture at all.
std::optional<FaceThumbnail> face_thumbnail(RgbView8 picture, const Face& face);

/// -1..1; the same face one frame on is above 0.9, different people are mostly below 0.7.
double correlation(const FaceThumbnail& first, const FaceThumbnail& second);

}  // namespace reelface
