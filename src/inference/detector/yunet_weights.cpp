// SPDX-License-Identifier: Apache-2.0
#include "inference/detector/yunet_weights.h"

#include <cmath>

#include "inference/checkpoint/finite_values.h"

namespace reelface {
namespace {

constexpr double kNormEpsilon = 1e-5;
constexpr int kGrids = 3;
constexpr int kWidth = 64;

bool ends_with(const std::string& text, const std::string& ending) {
  return text.size() >= ending.size() && text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

Checkpoint without_counters(Checkpoint checkpoint) {
  for (auto tensor = checkpoint.tensors.begin(); tensor != checkpoint.tensors.end();) {
    tensor = ends_with(tensor->first, ".num_batches_tracked") ? checkpoint.tensors.erase(tensor) : std::next(tensor);
  }
  return checkpoint;
}

void list_convolution(const std::string& name, int out, int in, int side, std::vector<ExpectedTensor>& list) {
  list.push_back({name + ".weight", {out, in, side, side}});
  list.push_back({name + ".bias", {out}});
}

void list_norm(const std::string& name, int channels, std::vector<ExpectedTensor>& list) {
  for (const char* part : {".weight", ".bias", ".running_mean", ".running_var"})
    list.push_back({name + part, {channels}});
}

void list_unit(const YunetUnitName& unit, bool with_norm, std::vector<ExpectedTensor>& list) {
  list_convolution(unit.name + ".conv1", unit.out_channels, unit.in_channels, 1, list);
  list_convolution(unit.name + ".conv2", unit.out_channels, 1, 3, list);
  if (with_norm) list_norm(unit.name + ".bn", unit.out_channels, list);
}

}  // namespace

std::vector<std::vector<YunetUnitName>> yunet_backbone_units() {
  std::vector<std::vector<YunetUnitName>> stages = {
      {{"backbone.model0.conv2", 16, 16}}, {{"backbone.model1.conv1", 16, 16}, {"backbone.model1.conv2", 16, kWidth}}};
  for (int stage = 2; stage < 6; ++stage) {
    const std::string name = "backbone.model" + std::to_string(stage);
    stages.push_back({{name + ".conv1", kWidth, kWidth}, {name + ".conv2", kWidth, kWidth}});
  }
  return stages;
}

std::vector<YunetHead> yunet_heads(int grid) {
  const std::string number = "." + std::to_string(grid);
  return {{"bbox_head.multi_level_cls" + number, 1},
          {"bbox_head.multi_level_bbox" + number, 4},
          {"bbox_head.multi_level_obj" + number, 1},
          {"bbox_head.multi_level_kps" + number, 10}};
}

std::vector<ExpectedTensor> expected_yunet_tensors() {
  std::vector<ExpectedTensor> list;
  list_convolution("backbone.model0.conv1", 16, 3, 3, list);
  list_norm("backbone.model0.bn1", 16, list);
  for (const auto& stage : yunet_backbone_units()) {
    for (const YunetUnitName& unit : stage) list_unit(unit, true, list);
  }
  for (int grid = 0; grid < kGrids; ++grid) {
    const std::string number = std::to_string(grid);
    list_unit({"neck.lateral_convs." + number, kWidth, kWidth}, true, list);
    list_unit({"bbox_head.multi_level_share_convs." + number + ".0", kWidth, kWidth}, true, list);
    for (const YunetHead& head : yunet_heads(grid)) list_unit({head.name, kWidth, head.channels}, false, list);
  }
  return list;
}

YunetWeights::YunetWeights(const Checkpoint& checkpoint) : checkpoint_(without_counters(checkpoint)) {
  check_tensors(checkpoint_, expected_yunet_tensors());
}

std::vector<float> YunetWeights::get(const std::string& name) const {
  return finite_values(checkpoint_, name);
}

void YunetWeights::fold(const std::string& norm, std::vector<float>& weights, std::vector<float>& bias) const {
  const std::vector<float> gain = get(norm + ".weight");
  const std::vector<float> shift = get(norm + ".bias");
  const std::vector<float> mean = get(norm + ".running_mean");
  const std::vector<float> variance = get(norm + ".running_var");
  const std::size_t per_channel = weights.size() / bias.size();
  for (std::size_t channel = 0; channel < bias.size(); ++channel) {
    const double factor = gain[channel] / std::sqrt(std::max(0.0F, variance[channel]) + kNormEpsilon);
    for (std::size_t i = 0; i < per_channel; ++i) {
      float& weight = weights[channel * per_channel + i];
      weight = static_cast<float>(weight * factor);
    }
    bias[channel] = static_cast<float>((bias[channel] - mean[channel]) * factor + shift[channel]);
  }
}

}  // namespace reelface
