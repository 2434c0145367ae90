// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inference/detector/yunet.h"
#include "inference/face_detector.h"
#include "inference/load_models.h"

namespace reelface {

class YunetDetector : public FaceDetector {
 public:
  /// Throws Error(kUsage) if the options make no sense.
  YunetDetector(Yunet network, DetectorOptions options);

  std::vector<std::vector<Face>> detect(const std::vector<RgbView8>& pictures) const override;

 private:
  std::vector<Face> detect_at(const RgbView8& picture, double scale) const;
  std::vector<Face> detect_one(const RgbView8& picture) const;

  Yunet network_;
  DetectorOptions options_;
};

}  // namespace reelface
