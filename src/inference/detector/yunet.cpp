#include "inference/detector/yunet.h"

#include <algorithm>

#include "inference/detector/yunet_kernels.h"
#include "inference/detector/yunet_weights.h"

namespace reelface {
namespace {

constexpr int kFirstChannels = 16;
constexpr int kColours = 3;

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

}  // namespace

YunetInput::YunetInput(int picture_width, int picture_height)
    : width((picture_width + 31) / 32 * 32),
      height((picture_height + 31) / 32 * 32),
      samples(row_length() * (static_cast<std::size_t>(height) + 2)) {}

Yunet::Map::Map(int map_columns, int map_rows, int map_channels)
    : columns(map_columns),
      rows(map_rows),
      channels(map_channels),
      values(new float[row_length() * static_cast<std::size_t>(map_rows)]) {}

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

  Unit read_unit(const YunetUnitName& name) const {
    Unit unit = read_plain(name);
    weights_.fold(name.name + ".bn", unit.depthwise, unit.depthwise_bias);
    return laid_out(std::move(unit));
  }

  /// The heads of a grid look at the same features: one unit computes all of them.
  Unit read_heads(int grid, int in_channels) const {
    Unit all;
    all.relu = false;
    all.in_channels = in_channels;
    for (const YunetHead& head : yunet_heads(grid)) {
      const Unit unit = read_plain({head.name, in_channels, head.channels});
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
  Unit read_plain(const YunetUnitName& name) const {
    return {name.in_channels,
            name.out_channels,
            true,
            weights_.get(name.name + ".conv1.weight"),
            weights_.get(name.name + ".conv1.bias"),
            weights_.get(name.name + ".conv2.weight"),
            weights_.get(name.name + ".conv2.bias")};
  }

  static Unit laid_out(Unit unit) {
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
    std::vector<Unit>& units = backbone_.emplace_back();
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

Yunet::Map Yunet::run_first(const YunetInput& input, const std::vector<float>& weights,
                            const std::vector<float>& bias) {
  Map output(input.width / 2, input.height / 2, kFirstChannels);
  for (int y = 0; y < output.rows; ++y) {
    const float* middle = input.samples.data() + input.row_length() * static_cast<std::size_t>(2 * y + 1);
    const float* rows[3] = {middle - input.row_length(), middle, middle + input.row_length()};
    yunet_kernels().first_row(rows, output.columns, weights.data(), bias.data(), output.row(y));
  }
  return output;
}

Yunet::Map Yunet::apply(const Unit& unit, const Map& input) {
  const YunetKernels& kernels = yunet_kernels();
  Map output(input.columns, input.rows, unit.out_channels);
  const auto channels = static_cast<std::size_t>(unit.out_channels);
  const std::size_t row_length = (static_cast<std::size_t>(input.columns) + 2) * channels;
  // The last three rows after the 1x1 convolution, which stay in the cache, and one that stands for those outside. All
  // begin and end with a pixel of zeros.
  std::vector<float> ring(4 * row_length);
  const auto ring_row = [&](int y) {
    const std::size_t place = y < 0 || y >= input.rows ? 3 : static_cast<std::size_t>(y % 3);
    return ring.data() + place * row_length;
  };
  for (int y = 0; y <= input.rows; ++y) {
    if (y < input.rows) {
      kernels.pointwise(input.row(y), input.columns, unit.in_channels, unit.pointwise.data(),
                        unit.pointwise_bias.data(), unit.out_channels, ring_row(y) + channels);
    }
    if (y == 0) continue;
    const float* rows[3] = {ring_row(y - 2), ring_row(y - 1), ring_row(y)};
    kernels.depthwise_row(rows, input.columns, unit.out_channels, unit.depthwise.data(), unit.depthwise_bias.data(),
                          unit.relu, output.row(y - 1));
  }
  return output;
}

Yunet::Map Yunet::apply(const std::vector<Unit>& units, Map map) {
  for (const Unit& unit : units) map = apply(unit, map);
  return map;
}

/// The largest of each square of four.
Yunet::Map Yunet::halve(const Map& input) {
  Map output(input.columns / 2, input.rows / 2, input.channels);
  const auto channels = static_cast<std::size_t>(input.channels);
  for (int y = 0; y < output.rows; ++y) {
    const float* upper = input.row(2 * y);
    const float* lower = input.row(2 * y + 1);
    float* to = output.row(y);
    for (int x = 0; x < output.columns; ++x, upper += 2 * channels, lower += 2 * channels, to += channels) {
      for (std::size_t c = 0; c < channels; ++c) {
        const float above = upper[c] > upper[c + channels] ? upper[c] : upper[c + channels];
        const float below = lower[c] > lower[c + channels] ? lower[c] : lower[c + channels];
        to[c] = above > below ? above : below;
      }
    }
  }
  return output;
}

void Yunet::add_enlarged(const Map& coarse, Map& fine) {
  const auto channels = static_cast<std::size_t>(fine.channels);
  for (int y = 0; y < fine.rows; ++y) {
    for (int x = 0; x < fine.columns; ++x) {
      const float* from = coarse.row(y / 2) + static_cast<std::size_t>(x / 2) * channels;
      float* to = fine.row(y) + static_cast<std::size_t>(x) * channels;
      for (std::size_t c = 0; c < channels; ++c) to[c] += from[c];
    }
  }
}

std::vector<YunetGrid> Yunet::run(const YunetInput& input) const {
  Map map = halve(apply(backbone_[0], run_first(input, first_, first_bias_)));
  map = halve(apply(backbone_[2], apply(backbone_[1], std::move(map))));
  std::vector<Map> levels;
  for (std::size_t stage = 3; stage < backbone_.size(); ++stage) {
    map = apply(backbone_[stage], std::move(map));
    Map next = stage + 1 < backbone_.size() ? halve(map) : Map(0, 0, 0);
    levels.push_back(std::move(map));
    map = std::move(next);
  }
  std::vector<YunetGrid> grids(levels.size());
  for (std::size_t level = levels.size(); level-- > 0;) {
    const Map lateral = apply(lateral_[level], levels[level]);
    if (level > 0) add_enlarged(lateral, levels[level - 1]);
    const Map output = apply(heads_[level], apply(shared_[level], lateral));
    grids[level] = {8 << level,
                    output.columns,
                    output.rows,
                    {output.row(0), output.row(0) + output.row_length() * static_cast<std::size_t>(output.rows)}};
  }
  return grids;
}

}  // namespace reelface
