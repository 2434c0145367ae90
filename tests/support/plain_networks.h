// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "inference/layers/gfpgan_shape.h"
#include "networks/placement.h"
#include "networks/weights.h"

/// The networks spelled out the way the published and the training code do it: one operation after the other, planes of
/// float32, weights built for every picture, grouped convolutions. Slow; to compare with.
namespace reelface::testing {

/// All tensors of a checkpoint, read once.
class PlainWeights {
 public:
  explicit PlainWeights(const Checkpoint& checkpoint, const Placement& placement = {}) {
    const Weights weights(checkpoint);
    for (const auto& [name, tensor] : checkpoint.tensors)
      tensors_[name] = weights.get(name).to(placement.device, placement.type);
  }
  at::Tensor get(const std::string& name) const {
    const auto found = tensors_.find(name);
    return found == tensors_.end() ? at::Tensor() : found->second;
  }

 private:
  std::map<std::string, at::Tensor> tensors_;
};

class PlainGfpgan {
 public:
  PlainGfpgan(const Checkpoint& checkpoint, const GfpganShape& shape, const Placement& placement = {})
      : weights_(checkpoint, placement), shape_(shape) {}

  /// [n, 3, size, size], -1..1.
  at::Tensor restore(const at::Tensor& pictures) const {
    const int blocks = shape_.log_size() - 2;
    at::Tensor x = leaky(convolve("conv_body_first", pictures, 0));
    std::vector<at::Tensor> skips;
    for (int i = 0; i < blocks; ++i) {
      const std::string name = "conv_body_down." + std::to_string(i);
      const at::Tensor detail =
          leaky(convolve(name + ".conv2", resized(leaky(convolve(name + ".conv1", x, 1)), 0.5), 1));
      x = detail + convolve(name + ".skip", resized(x, 0.5), 0);
      skips.insert(skips.begin(), x);
    }
    x = leaky(convolve("final_conv", x, 1));
    at::Tensor codes = at::linear(x.flatten(1), weights_.get("final_linear.weight"), weights_.get("final_linear.bias"));
    codes = codes.view({x.size(0), -1, shape_.num_style_feat});
    if (!shape_.different_w) codes = codes.repeat({1, shape_.latent_count(), 1});
    std::vector<std::pair<at::Tensor, at::Tensor>> conditions;
    for (int i = 0; i < blocks; ++i) {
      const std::string name = "conv_body_up." + std::to_string(i);
      x = x + skips[static_cast<std::size_t>(i)];
      const at::Tensor detail = leaky(convolve(name + ".conv2", resized(leaky(convolve(name + ".conv1", x, 1)), 2), 1));
      x = detail + convolve(name + ".skip", resized(x, 2), 0);
      const auto condition = [&](const std::string& kind) {
        const std::string layers = kind + std::to_string(i);
        return convolve(layers + ".2", leaky(convolve(layers + ".0", x, 1)), 1);
      };
      conditions.emplace_back(condition("condition_scale."), condition("condition_shift."));
    }
    return decode(codes, conditions);
  }

 private:
  static at::Tensor leaky(const at::Tensor& x) { return at::leaky_relu(x, 0.2); }
  static at::Tensor resized(const at::Tensor& x, double factor) {
    const auto size = [&](std::int64_t old) { return static_cast<std::int64_t>(static_cast<double>(old) * factor); };
    return at::upsample_bilinear2d(x, {size(x.size(2)), size(x.size(3))}, false);
  }
  at::Tensor convolve(const std::string& name, const at::Tensor& x, int padding) const {
    return at::conv2d(x, weights_.get(name + ".weight"), weights_.get(name + ".bias"), 1, padding);
  }

  at::Tensor modulated(const std::string& name, const at::Tensor& x, const at::Tensor& code, bool demodulate) const {
    const std::string layer = "stylegan_decoder." + name + ".modulated_conv.";
    const at::Tensor style =
        at::linear(code, weights_.get(layer + "modulation.weight"), weights_.get(layer + "modulation.bias"));
    const std::int64_t n = x.size(0), in = x.size(1);
    at::Tensor weight = weights_.get(layer + "weight") * style.view({n, 1, in, 1, 1});
    if (demodulate) weight = weight * at::rsqrt(weight.square().sum({2, 3, 4}, true) + 1e-8);
    const std::int64_t out = weight.size(1), side = weight.size(3);
    const at::Tensor joined = x.reshape({1, n * in, x.size(2), x.size(3)});
    return at::conv2d(joined, weight.view({n * out, in, side, side}), {}, 1, side / 2, 1, n)
        .view({n, out, x.size(2), x.size(3)});
  }
  at::Tensor styled(const std::string& name, const at::Tensor& x, const at::Tensor& code, int noise) const {
    const std::string layer = "stylegan_decoder." + name;
    const at::Tensor pattern = weights_.get("stylegan_decoder.noises.noise" + std::to_string(noise));
    return leaky(modulated(name, x, code, true) * std::sqrt(2.0) + weights_.get(layer + ".weight") * pattern +
                 weights_.get(layer + ".bias"));
  }
  at::Tensor to_rgb(const std::string& name, const at::Tensor& x, const at::Tensor& code) const {
    return modulated(name, x, code, false) + weights_.get("stylegan_decoder." + name + ".bias");
  }

  at::Tensor decode(const at::Tensor& codes, const std::vector<std::pair<at::Tensor, at::Tensor>>& conditions) const {
    const auto code = [&](int index) { return codes.select(1, index); };
    at::Tensor x = weights_.get("stylegan_decoder.constant_input.weight").repeat({codes.size(0), 1, 1, 1});
    x = styled("style_conv1", x, code(0), 0);
    at::Tensor rgb = to_rgb("to_rgb1", x, code(1));
    for (int i = 0; i < static_cast<int>(conditions.size()); ++i) {
      const auto& [scale, shift] = conditions[static_cast<std::size_t>(i)];
      x = styled("style_convs." + std::to_string(2 * i), resized(x, 2), code(2 * i + 1), 2 * i + 1);
      if (shape_.sft_half) {
        const std::int64_t half = x.size(1) / 2;
        x = at::cat({x.narrow(1, 0, half), x.narrow(1, half, half) * scale + shift}, 1);
      } else {
        x = x * scale + shift;
      }
      x = styled("style_convs." + std::to_string(2 * i + 1), x, code(2 * i + 2), 2 * i + 2);
      rgb = to_rgb("to_rgbs." + std::to_string(i), x, code(2 * i + 3)) + resized(rgb, 2);
    }
    return rgb;
  }

  PlainWeights weights_;
  GfpganShape shape_;
};

/// The window network; sizes come from the checkpoint.
class PlainWindowNetwork {
 public:
  explicit PlainWindowNetwork(const Checkpoint& checkpoint, const Placement& placement = {})
      : weights_(checkpoint, placement) {}

  /// [n, frames * 3, size, size], -1..1, oldest first; returns the middle crop restored.
  at::Tensor restore(const at::Tensor& windows) const {
    at::Tensor x = convolve("first", at::pixel_unshuffle(windows, 2), 1, 1);
    std::vector<at::Tensor> kept;
    for (int level = 0;; ++level) {
      x = blocks("encoder." + std::to_string(level), x);
      const std::string down = "down." + std::to_string(level);
      if (!weights_.get(down + ".weight").defined()) break;
      kept.push_back(x);
      x = convolve(down, x, 2, 0);
    }
    for (std::size_t level = kept.size(); level-- > 0;) {
      const std::string number = std::to_string(level);
      x = at::pixel_shuffle(convolve("up." + number, x, 1, 0), 2) + kept[level];
      x = blocks("decoder." + number, x);
    }
    const std::int64_t middle = windows.size(1) / 2 - 1;
    return windows.narrow(1, middle, 3) + at::pixel_shuffle(convolve("last", x, 1, 1), 2);
  }

 private:
  at::Tensor convolve(const std::string& name, const at::Tensor& x, int stride, int padding) const {
    return at::conv2d(x, weights_.get(name + ".weight"), weights_.get(name + ".bias"), stride, padding);
  }
  at::Tensor blocks(const std::string& level, at::Tensor x) const {
    for (int block = 0;; ++block) {
      const std::string name = level + "." + std::to_string(block);
      if (!weights_.get(name + ".conv1.weight").defined()) return x;
      x = x + convolve(name + ".conv2", at::leaky_relu(convolve(name + ".conv1", x, 1, 1), 0.2), 1, 1);
    }
  }

  PlainWeights weights_;
};

}  // namespace reelface::testing
