// SPDX-License-Identifier: Apache-2.0
#include "networks/gfpgan_decoder.h"

#include <cmath>
#include <string>

#include "networks/picture_operations.h"

namespace reelface {
namespace {

constexpr double kDemodulationEpsilon = 1e-8;

}  // namespace

/// Lays the checkpoint's weights out for painting.
class GfpganDecoder::Reader {
 public:
  Reader(const Weights& weights, const Placement& placement) : weights_(weights), placement_(placement) {}

  Modulation modulation(const std::string& name) const {
    return {place(weights_.get(name + ".modulated_conv.modulation.weight")),
            place(weights_.get(name + ".modulated_conv.modulation.bias"))};
  }

  StyledConvolution styled_convolution(const std::string& name, int noise, int side) const {
    const at::Tensor weight = weights_.get(name + ".modulated_conv.weight").squeeze(0);
    const at::Tensor strength = weights_.get(name + ".weight");
    const at::Tensor pattern = weights_.get("stylegan_decoder.noises.noise" + std::to_string(noise));
    return {modulation(name), Convolution(weight, {}, {1, 1, Activation::kNone, {side, side}}, placement_),
            place(weight.square().sum({2, 3}).t().contiguous()), place((pattern * strength).flatten()),
            place(weights_.get(name + ".bias").flatten())};
  }

  ToRgb to_rgb(const std::string& name) const {
    return {modulation(name), place(weights_.get(name + ".modulated_conv.weight").flatten(2).squeeze(0)),
            place(weights_.get(name + ".bias").flatten())};
  }

  at::Tensor constant() const {
    return weights_.get("stylegan_decoder.constant_input.weight")
        .to(placement_.device, placement_.type)
        .contiguous(at::MemoryFormat::ChannelsLast);
  }

 private:
  at::Tensor place(const at::Tensor& tensor) const { return tensor.to(placement_.device).contiguous(); }

  const Weights& weights_;
  Placement placement_;
};

GfpganDecoder::GfpganDecoder(const Weights& weights, const GfpganShape& shape, const Placement& placement) {
  const Reader reader(weights, placement);
  const std::string decoder = "stylegan_decoder.";
  constant_ = reader.constant();
  first_ = reader.styled_convolution(decoder + "style_conv1", 0, 4);
  first_to_rgb_ = reader.to_rgb(decoder + "to_rgb1");
  for (int level = 0; level < shape.log_size() - 2; ++level) {
    const auto styled = [&](int place) {
      return reader.styled_convolution(decoder + "style_convs." + std::to_string(2 * level + place),
                                       2 * level + place + 1, 8 << level);
    };
    levels_.push_back({styled(0), styled(1), reader.to_rgb(decoder + "to_rgbs." + std::to_string(level))});
  }
}

GfpganDecoder::Style GfpganDecoder::Modulation::style(const at::Tensor& code) const {
  const at::Tensor style = row_by_row(code, [&](const at::Tensor& row) { return at::linear(row, weight, bias); });
  // Styles reach thousands, whose squares do not fit into half precision; what is common to all channels of one cancels
  // in the normalisation.
  const at::Tensor largest = style.abs().amax({1}, true).clamp_min(1e-20);
  return {style / largest, largest};
}

/// What the convolution of the relatively scaled features is multiplied by, [n, out].
at::Tensor GfpganDecoder::StyledConvolution::gain(const Style& style) const {
  const at::Tensor energy =
      row_by_row(style.relative.square(), [&](const at::Tensor& row) { return at::matmul(row, squares); });
  return at::rsqrt(energy + kDemodulationEpsilon / style.largest.square()) * std::sqrt(2.0);
}

at::Tensor GfpganDecoder::ToRgb::paint(const at::Tensor& features, const at::Tensor& code) const {
  const Style style = modulation.style(code);
  const std::int64_t n = features.size(0), channels = features.size(1), h = features.size(2), w = features.size(3);
  const at::Tensor rows = features.permute({0, 2, 3, 1}).reshape({n, h * w, channels});
  const at::Tensor mixing = (weight.unsqueeze(0) * style.relative.unsqueeze(1)).transpose(1, 2);
  const at::Tensor colours = at::bmm(rows, mixing.to(rows.scalar_type())).to(at::kFloat);
  return (colours * style.largest.unsqueeze(1) + bias).view({n, h, w, 3}).permute({0, 3, 1, 2});
}

GfpganDecoder::State GfpganDecoder::begin(const at::Tensor& style_codes) const {
  const at::Tensor code = style_codes.select(1, 0);
  const Style style = first_.modulation.style(code);
  const at::Tensor start = constant_.expand({code.size(0), -1, -1, -1}).contiguous(at::MemoryFormat::ChannelsLast);
  at::Tensor features = first_.convolution(scaled(start, style.relative));
  finish_styled(features, {first_.gain(style), first_.noise, first_.bias});
  return {features, first_to_rgb_.paint(features, style_codes.select(1, 1))};
}

void GfpganDecoder::paint(State& state, std::size_t level, const at::Tensor& style_codes,
                          const GfpganCondition& condition) const {
  const Level& layers = levels_[level];
  const auto code = [&](std::size_t index) {
    return style_codes.select(1, static_cast<std::int64_t>(2 * level + index));
  };
  const Style first = layers.first.modulation.style(code(1));
  const Style second = layers.second.modulation.style(code(2));
  at::Tensor features = enlarged(scaled(state.features, first.relative));
  features = layers.first.convolution(features);
  StyledFinish finish = {layers.first.gain(first), layers.first.noise, layers.first.bias};
  finish.condition_scale = condition.scale;
  finish.condition_shift = condition.shift;
  finish.next_style = second.relative;
  finish_styled(features, finish);
  features = layers.second.convolution(features);
  finish_styled(features, {layers.second.gain(second), layers.second.noise, layers.second.bias});
  at::Tensor rgb = layers.to_rgb.paint(features, code(3));
  add_enlarged(state.rgb, rgb);
  state.features = std::move(features);
  state.rgb = std::move(rgb);
}

}  // namespace reelface
