// SPDX-License-Identifier: Apache-2.0
#include "networks/gfpgan_unet.h"

#include <string>

#include "networks/picture_operations.h"

namespace reelface {
namespace {

std::string indexed(const std::string& prefix, int index) {
  return prefix + std::to_string(index);
}

Convolution read_convolution(const Weights& weights, const std::string& name, std::int64_t padding,
                             Activation activation, int side, const Placement& placement) {
  const at::Tensor bias = weights.has(name + ".bias") ? weights.get(name + ".bias") : at::Tensor();
  return Convolution(weights.get(name + ".weight"), bias, {1, padding, activation, {side, side}}, placement);
}

}  // namespace

GfpganUnet::Block GfpganUnet::read_block(const Weights& weights, const std::string& name, int from, bool goes_down,
                                         const Placement& placement) {
  const int to = goes_down ? from / 2 : from * 2;
  return {read_convolution(weights, name + ".conv1", 1, Activation::kLeakyRelu, from, placement),
          read_convolution(weights, name + ".conv2", 1, Activation::kLeakyRelu, to, placement),
          read_convolution(weights, name + ".skip", 0, Activation::kNone, goes_down ? to : from, placement)};
}

GfpganUnet::GfpganUnet(const Weights& weights, const GfpganShape& shape, const Placement& placement) : shape_(shape) {
  const int blocks = shape.log_size() - 2;
  first_ = read_convolution(weights, "conv_body_first", 0, Activation::kLeakyRelu, shape.out_size, placement);
  for (int i = 0; i < blocks; ++i) {
    down_.push_back(read_block(weights, indexed("conv_body_down.", i), shape.out_size >> i, true, placement));
  }
  last_ = read_convolution(weights, "final_conv", 1, Activation::kLeakyRelu, 4, placement);
  codes_weight_ = weights.get("final_linear.weight").to(placement.device);
  codes_bias_ = weights.get("final_linear.bias").to(placement.device);
  for (int i = 0; i < blocks; ++i) {
    up_.push_back(read_block(weights, indexed("conv_body_up.", i), 4 << i, false, placement));
    const auto layer = [&](const std::string& name, Activation activation) {
      return read_convolution(weights, name, 1, activation, 8 << i, placement);
    };
    const std::string scale = indexed("condition_scale.", i);
    const std::string shift = indexed("condition_shift.", i);
    conditions_.push_back({layer(scale + ".0", Activation::kLeakyRelu), layer(scale + ".2", Activation::kNone),
                           layer(shift + ".0", Activation::kLeakyRelu), layer(shift + ".2", Activation::kNone)});
  }
}

GfpganUnet::State GfpganUnet::look(const at::Tensor& pictures) const {
  State state;
  at::Tensor features = first_(pictures);
  for (const Block& block : down_) {
    at::Tensor detail = block.second(halved(block.first(features)));
    features = detail.add_(block.shortcut(halved(features)));
    state.remembered.push_back(features);
  }
  state.features = last_(features);
  // The checkpoint's matrix expects channels first.
  const at::Tensor flat = state.features.to(at::kFloat).contiguous().flatten(1);
  const int codes = shape_.different_w ? shape_.latent_count() : 1;
  state.style_codes = row_by_row(flat, [&](const at::Tensor& row) {
                        return at::linear(row, codes_weight_, codes_bias_);
                      }).view({flat.size(0), codes, shape_.num_style_feat});
  if (codes == 1) state.style_codes = state.style_codes.expand({-1, shape_.latent_count(), -1});
  return state;
}

GfpganCondition GfpganUnet::next_condition(State& state) const {
  const std::size_t level = up_.size() - state.remembered.size();
  const Block& block = up_[level];
  const at::Tensor joined = state.remembered.back().add_(state.features);
  state.remembered.pop_back();
  at::Tensor detail = block.second(enlarged(block.first(joined)));
  // A 1x1 convolution and linear interpolation may change places; at the small size it costs a quarter.
  add_enlarged(block.shortcut(joined), detail);
  state.features = std::move(detail);
  const ConditionLayers& layers = conditions_[level];
  return {layers.scale_second(layers.scale_first(state.features)),
          layers.shift_second(layers.shift_first(state.features))};
}

}  // namespace reelface
