// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reelface/core/rgb_image.h"
#include "reelface/faces/face_measures.h"
#include "reelface/faces/tracked_face.h"
#include "reelface/image/affine.h"
#include "reelface/image/mask_image.h"

namespace reelface {

class BlendedFrame;
class CropStep;

/// An aligned crop, shared between the frames whose windows it belongs to. Never changed once made.
using SharedCrop = std::shared_ptr<const RgbImageF>;

/// Who a restored face looks like, next to the face it was made from.
struct IdentityMeasure {
  double distance = 0;        ///< between the descriptions before and after
  double expected = 0;        ///< how much of it a poor input explains
  double strength = 1;        ///< how much of the restoration keeps the person
  double distance_after = 0;  ///< with only that much of it
};

/// How bright a face's skin is, 0..1, as it was found and in the light that it is given.
struct SkinLight {
  double before = 0;
  double after = 0;
};

/// One face of one frame on its way through the face stages. Each field names the stage that fills it in.
struct FaceJob {
  TrackedFace track;                      ///< track
  std::optional<SkinLight> skin;          ///< light, where people's light is looked at
  Affine coded_to_crop;                   ///< align: stored samples to crop pixels
  SharedCrop crop;                        ///< align
  std::shared_ptr<const MaskImage> mask;  ///< align: what of the crop is pasted
  CropQuality quality;                    ///< align: of this crop; gather: averaged over the last second
  double colour_variance = 0;             ///< align, gather: likewise
  StrengthFactors strength;               ///< gather: how much of the restoration is pasted, and why not more
  std::vector<SharedCrop> window;         ///< gather: neighbours in time, oldest first, this crop in the middle
  std::vector<std::shared_ptr<const CropStep>>
      steps;  ///< gather: between this crop and each of those; null where it is this one
  std::vector<std::shared_ptr<const CropStep>>
      from_earlier;    ///< gather: to this crop from its piece's of 1, 2 … frames before
  RgbImageF restored;  ///< restore, then match and blend; empty where the face is left alone
  std::shared_ptr<BlendedFrame>
      blending;                  ///< match: what blending knows of it; recall: and of those before; until blend
  bool identity_is_due = false;  ///< gather: measure in this frame whether the face is still itself
  std::optional<IdentityMeasure> identity;  ///< restore: if due
  bool failed = false;                      ///< restore: the network gave no picture; the face is passed on as it was
};

/// Weaker restorations would not be visible, so none is made.
inline constexpr double kLeastStrength = 1.0 / 256;

/// What the face stages know of one frame.
struct FaceWork {
  double time_seconds = 0;
  bool starts_shot = false;
  bool looked = false;        ///< the detector saw this frame
  std::string fallback;       ///< restore: what restored instead, since the device's memory ran out; else empty
  RgbImage8 picture;          ///< detect: the small copy, dropped once tracking has seen it
  Affine picture_to_display;  ///< detect: from its pixels to display coordinates of the full picture
  std::vector<ObservedFace> observed;  ///< detect: in display coordinates of the full picture
  std::vector<FollowedFace> followed;  ///< track: in frames not looked at
  std::vector<FaceJob> faces;
};

}  // namespace reelface
