// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "reelface/core/rgb_image.h"
#include "reelface/faces/tracked_face.h"

namespace reelface {

/// Thumbnail of a face found in this very picture (points in its pixels). Cheap; thread-safe. Nothing when the place of
/// the face is unusable (points coincide) or has no texture at all.
std::optional<FaceThumbnail> face_thumbnail(RgbView8 picture, const Face& face);

/// -1..1; the same face one frame on is above 0.9, different people are mostly below 0.7.
double correlation(const FaceThumbnail& first, const FaceThumbnail& second);

}  // namespace reelface
