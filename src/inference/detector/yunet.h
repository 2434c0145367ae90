// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "inference/checkpoint/checkpoint.h"
#include "inference/detector/yunet_rows.h"

namespace reelface {

/// A picture as the detector's network sees it: rows of interleaved RGB, 0..255, with a border of one black pixel all
/// around; width and height (without the border) are multiples of 32.
struct YunetInput {
  YunetInput(int picture_width, int picture_height);

  float* row(int y) { return samples.data() + static_cast<std::size_t>(y + 1) * row_length() + 3; }
  std::size_t row_length() const { return 3 * (static_cast<std::size_t>(width) + 2); }

  int width;
  int height;
  std::vector<float> samples;
};

/// What the network says about the cells of one grid.
struct YunetGrid {
  static constexpr int kValues =
      16;  ///< class, box (4), object, points (10): logits and offsets as the network gives them

  int stride = 0;  ///< pixels between cells
  int columns = 0;
  int rows = 0;
  std::vector<float> values;
};

/// The YuNet-n face detector. Plain C++ on the calling thread, on the CPU: at its size (0.6 GFLOP a picture) one core
/// is enough, and the graph detects many pictures side by side. Immutable after construction, safe to call from several
/// threads.
class Yunet {
 public:
  /// Throws Error(kModelRejected) unless the checkpoint holds exactly this network, finite numbers only.
  explicit Yunet(const Checkpoint& checkpoint);

  std::vector<YunetGrid> run(const YunetInput& input) const;

 private:
  class Reader;

  std::vector<YunetMap> run_backbone(const YunetInput& input) const;

  std::vector<float> first_;
  std::vector<float> first_bias_;
  std::vector<std::vector<YunetUnit>> backbone_;  ///< by stage
  std::vector<YunetUnit> lateral_;                ///< by grid, the finest first
  std::vector<YunetUnit> shared_;
  std::vector<YunetUnit> heads_;
};

}  // namespace reelface
