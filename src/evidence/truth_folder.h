// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/whole_file.h"
#include "degrade/damage_truth.h"
#include "reelface/media/video_writer.h"

namespace reelface {

/// The files that the truth about a degraded film is written to.
std::vector<std::string> truth_files(const std::string& folder);

/// Writes what was done to each frame into a folder, which is made if it is not there: mask.mkv, lossless grey, 255
/// where dirt, scratches and the like changed a sample; and truth.jsonl, a line for each frame. Both appear whole or
/// not at all.
class TruthFolder {
 public:
  /// The reader must outlive it; width and height are those of the degraded film.
  TruthFolder(const VideoReader& source, const std::string& folder, int width, int height, bool overwrite);

  /// In order; `facts` are the frame's, `clean_frame` is its number in the clean film.
  void write(const DamageTruth& truth, std::int64_t clean_frame, const FrameFacts& facts);
  void finish();

 private:
  VideoWriter mask_;
  WholeFile lines_;
  std::int64_t frames_ = 0;
};

}  // namespace reelface
