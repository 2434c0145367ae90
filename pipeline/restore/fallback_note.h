#pragma once

#include <cstdint>
#include <string>

#include "reelface/restore/face_work.h"

namespace reelface {

/// Notes, frame by frame in order, from where on another device restored than the one that was asked for.
class FallbackNote {
 public:
  void note(std::int64_t frame, const FaceWork& work) {
    if (!text_.empty() || work.fallback.empty()) return;
    text_ = "from frame " + std::to_string(frame) +
            " on the processor restored faces, because the device's memory ran out: " + work.fallback;
  }

  /// For people; empty if nothing happened.
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace reelface
