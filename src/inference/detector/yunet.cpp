// SPDX-License-Identifier: Apache-2.0
#include "inference/detector/yunet.h"

#include <algorithm>

#include "inference/detector/yunet_kernels.h"
#include "inference/detector/yunet_weights.h"

namespace reelface {
namespace {

constexpr int kFirstChannels = 16;
constexpr int kColours = 3;
constexpr int kFinestStride = 8;
constexpr int kCoarsestStride = 32;

/// [rows][columns] to [columns][rows].
std::vector<float> transposed(const std::vector<float>& matrix, std::size_t rows) {
  const std::size_t columns = matrix.size() / rows;
  std::vector<float> result(matrix.size());
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column)
      result[column * rows + row] = matrix[row * columns + column];
  }
  return result;
}

/// [out, colour, row, column] of BGR to [row, column, colour][out] of RGB.
std::vector<float> first_layout(const std::vector<float>& weights) {
  std::vector<float> result(weights.size());
  for (std::size_t out = 0; out < kFirstChannels; ++out) {
    for (std::size_t colour = 0; colour < kColours; ++colour) {
      for (std::size_t tap = 0; tap < 9; ++tap) {
        const std::size_t rgb = kColours - 1 - colour;
        result[(tap * kColours + rgb) * kFirstChannels + out] = weights[(out * kColours + colour) * 9 + tap];
      }
    }
  }
  return result;
}

YunetMap applied(const std::vector<const YunetUnit*>& units, const YunetMap& input) {
  YunetMap output(input.columns, input.rows, units.back()->out_channels);
  YunetChain chain(input.columns, input.channels);
  for (const YunetUnit* unit : units) chain.add(*unit);
  chain.keep(output);
  for (int y = 0; y < input.rows; ++y) chain.take(input.row(y));
  chain.end();
  return output;
}

void add_enlarged(const YunetMap& coarse, YunetMap& fine) {
  const auto channels = static_cast<std::size_t>(fine.channels);
  for (int y = 0; y < fine.rows; ++y) {
    for (int x = 0; x < fine.columns; ++x) {
      const float* from = coarse.row(y / 2) + static_cast<std::size_t>(x / 2) * channels;
      float* to = fine.row(y) + static_cast<std::size_t>(x) * channels;
      for (std::size_t c = 0; c < channels; ++c) to[c] += from[c];
    }
  }
}

}  // namespace

YunetInput::YunetInput(int picture_width, int picture_height)
    : width((picture_width + 31) / 32 * 32),
      height((picture_height + 31) / 32 * 32),
      samples(row_length() * (static_cast<std::size_t>(height) + 2)) {}

/// Lays the checkpoint's weights out for the kernels.
class Yunet::Reader {
 public:
  explicit Reader(const Checkpoint& checkpoint) : weights_(checkpoint) {}

  void read_first(std::vector<float>& weights, std::vector<float>& bias) const {
    weights = weights_.get("backbone.model0.conv1.weight");
    bias = weights_.get("backbone.model0.conv1.bias");
    weights_.fold("backbone.model0.bn1", weights, bias);
    weights = first_layout(weights);
  }

  YunetUnit read_unit(const YunetUnitName& name) const {
    YunetUnit unit = read_plain(name);
    weights_.fold(name.name + ".bn", unit.depthwise, unit.depthwise_bias);
    return laid_out(std::move(unit));
  }

  /// The heads of a grid look at the same features: one unit computes all of them.
  YunetUnit read_heads(int grid, int in_channels) const {
    YunetUnit all;
    all.relu = false;
    all.in_channels = in_channels;
    for (const YunetHead& head : yunet_heads(grid)) {
      const YunetUnit unit = read_plain({head.name, in_channels, head.channels});
      all.out_channels += head.channels;
      const auto append = [](const std::vector<float>& from, std::vector<float>& to) {
        to.insert(to.end(), from.begin(), from.end());
      };
      append(unit.pointwise, all.pointwise);
      append(unit.pointwise_bias, all.pointwise_bias);
      append(unit.depthwise, all.depthwise);
      append(unit.depthwise_bias, all.depthwise_bias);
    }
    return laid_out(std::move(all));
  }

 private:
  YunetUnit read_plain(const YunetUnitName& name) const {
    return {name.in_channels,
            name.out_channels,
            true,
            weights_.get(name.name + ".conv1.weight"),
            weights_.get(name.name + ".conv1.bias"),
            weights_.get(name.name + ".conv2.weight"),
            weights_.get(name.name + ".conv2.bias")};
  }

  static YunetUnit laid_out(YunetUnit unit) {
    const auto out = static_cast<std::size_t>(unit.out_channels);
    unit.pointwise = transposed(unit.pointwise, out);
    unit.depthwise = transposed(unit.depthwise, out);
    return unit;
  }

  YunetWeights weights_;
};

Yunet::Yunet(const Checkpoint& checkpoint) {
  const Reader reader(checkpoint);
  reader.read_first(first_, first_bias_);
  for (const auto& stage : yunet_backbone_units()) {
    std::vector<YunetUnit>& units = backbone_.emplace_back();
    for (const YunetUnitName& name : stage) units.push_back(reader.read_unit(name));
  }
  const int width = backbone_.back().back().out_channels;
  for (int grid = 0; grid < 3; ++grid) {
    const std::string number = std::to_string(grid);
    lateral_.push_back(reader.read_unit({"neck.lateral_convs." + number, width, width}));
    shared_.push_back(reader.read_unit({"bbox_head.multi_level_share_convs." + number + ".0", width, width}));
    heads_.push_back(reader.read_heads(grid, width));
  }
}

std::vector<YunetMap> Yunet::run_backbone(const YunetInput& input) const {
  const int width = backbone_.back().back().out_channels;
  std::vector<YunetMap> levels;
  for (int stride = kFinestStride; stride <= kCoarsestStride; stride *= 2)
    levels.emplace_back(input.width / stride, input.height / stride, width);
  YunetChain chain(input.width / 2, kFirstChannels);
  chain.add(backbone_[0]);
  chain.halve();
  chain.add(backbone_[1]);
  chain.add(backbone_[2]);
  for (std::size_t level = 0; level < levels.size(); ++level) {
    chain.halve();
    chain.add(backbone_[3 + level]);
    chain.keep(levels[level]);
  }
  std::vector<float> first(static_cast<std::size_t>(input.width / 2) * kFirstChannels);
  for (int y = 0; y < input.height / 2; ++y) {
    const float* middle = input.samples.data() + input.row_length() * static_cast<std::size_t>(2 * y + 1);
    const float* rows[3] = {middle - input.row_length(), middle, middle + input.row_length()};
    yunet_kernels().first_row(rows, input.width / 2, first_.data(), first_bias_.data(), first.data());
    chain.take(first.data());
  }
  chain.end();
  return levels;
}

std::vector<YunetGrid> Yunet::run(const YunetInput& input) const {
  std::vector<YunetMap> levels = run_backbone(input);
  std::vector<YunetGrid> grids(levels.size());
  for (std::size_t level = levels.size(); level-- > 0;) {
    const YunetMap lateral = applied({&lateral_[level]}, levels[level]);
    if (level > 0) add_enlarged(lateral, levels[level - 1]);
    const YunetMap output = applied({&shared_[level], &heads_[level]}, lateral);
    grids[level] = {kFinestStride << level,
                    output.columns,
                    output.rows,
                    {output.row(0), output.row(0) + output.row_length() * static_cast<std::size_t>(output.rows)}};
  }
  return grids;
}

}  // namespace reelface
