// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

namespace reelface {

/// A 1x1 convolution followed by a 3x3 one of each channel by itself; what stood behind them is folded in.
struct YunetUnit {
  int in_channels = 0;
  int out_channels = 0;
  bool relu = true;
  std::vector<float> pointwise;
  std::vector<float> pointwise_bias;
  std::vector<float> depthwise;
  std::vector<float> depthwise_bias;
};

/// A whole layer's output; not filled at first.
struct YunetMap {
  YunetMap(int map_columns, int map_rows, int map_channels);
  std::size_t row_length() const { return static_cast<std::size_t>(columns) * static_cast<std::size_t>(channels); }
  float* row(int y) { return values.get() + static_cast<std::size_t>(y) * row_length(); }
  const float* row(int y) const { return values.get() + static_cast<std::size_t>(y) * row_length(); }

  int columns;
  int rows;
  int channels;
  std::unique_ptr<float[]> values;
};

/// Layers one behind the other. A row goes through all of them as soon as those above and below it are there, so what
/// lies between two layers is a few rows that stay in the cache; layer by layer, every map would travel to main memory
/// and back. Units and maps must outlive the chain.
class YunetChain {
 public:
  YunetChain(int columns, int channels);
  ~YunetChain();

  void add(const YunetUnit& unit);
  void add(const std::vector<YunetUnit>& units);
  /// The largest of each square of four.
  void halve();
  /// Writes what arrives here into `map`, and passes it on.
  void keep(YunetMap& map);

  /// The next row from above. After the last one, end().
  void take(const float* row);
  void end();

 private:
  class Step;
  class UnitStep;
  class HalvingStep;
  class KeepingStep;

  void append(std::unique_ptr<Step> step);

  int columns_;
  int channels_;
  std::vector<std::unique_ptr<Step>> steps_;
};

}  // namespace reelface
