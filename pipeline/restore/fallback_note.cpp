// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/fallback_note.h"

#include <cstdint>

#include "pipeline/stages/picture_fallback.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

std::string told(std::int64_t frame, const std::string& what, const std::string& by) {
  return "from frame " + std::to_string(frame) + " on the processor restored " + what +
         ", because the device's memory ran out: " + by;
}

}  // namespace

void FallbackNote::note(const FrameJob& job) {
  const FaceWork* const faces = job.work.get<FaceWork>();
  if (faces_.empty() && faces && !faces->fallback.empty()) faces_ = told(job.index, "faces", faces->fallback);
  const PictureFallback* const picture = job.work.get<PictureFallback>();
  if (pictures_.empty() && picture) pictures_ = told(job.index, "whole pictures", picture->by);
}

std::string FallbackNote::text() const {
  return faces_.empty() || pictures_.empty() ? faces_ + pictures_ : faces_ + "; " + pictures_;
}

}  // namespace reelface
