#pragma once

#include <memory>
#include <string>
#include <vector>

#include "inference/checkpoint/checkpoint.h"

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
  /// A 1x1 convolution followed by a 3x3 one of each channel by itself; what stood behind them is folded in.
  struct Unit {
    int in_channels = 0;
    int out_channels = 0;
    bool relu = true;
    std::vector<float> pointwise;
    std::vector<float> pointwise_bias;
    std::vector<float> depthwise;
    std::vector<float> depthwise_bias;
  };
  struct Map {
    Map(int map_columns, int map_rows, int map_channels);
    std::size_t row_length() const { return static_cast<std::size_t>(columns) * static_cast<std::size_t>(channels); }
    float* row(int y) { return values.get() + static_cast<std::size_t>(y) * row_length(); }
    const float* row(int y) const { return values.get() + static_cast<std::size_t>(y) * row_length(); }
    int columns;
    int rows;
    int channels;
    std::unique_ptr<float[]> values;
  };
  class Reader;

  static Map run_first(const YunetInput& input, const std::vector<float>& weights, const std::vector<float>& bias);
  static Map apply(const Unit& unit, const Map& input);
  static Map apply(const std::vector<Unit>& units, Map map);
  static Map halve(const Map& input);
  static void add_enlarged(const Map& coarse, Map& fine);

  std::vector<float> first_;
  std::vector<float> first_bias_;
  std::vector<std::vector<Unit>> backbone_;  ///< by stage
  std::vector<Unit> lateral_;                ///< by grid, the finest first
  std::vector<Unit> shared_;
  std::vector<Unit> heads_;
};

}  // namespace reelface
