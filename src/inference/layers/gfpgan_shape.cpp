// SPDX-License-Identifier: Apache-2.0
#include "inference/layers/gfpgan_shape.h"

#include <algorithm>

#include "inference/checkpoint/malformed_checkpoint.h"
#include "inference/checkpoint/tensor_layout.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr int kSmallestLog = 3;
constexpr int kLargestLog = 11;
constexpr int kMostChannels = 4096;
constexpr int kMostStyleNumbers = 2 * (kLargestLog - 1) * kMostChannels;  // codes of all layers, one behind the other

[[noreturn]] void reject(const Checkpoint& checkpoint, const std::string& reason, const std::string& advice) {
  throw Error(ExitCode::kModelRejected, printable(checkpoint.path) + ": " + reason, advice);
}

const char* const kKnownGood = "`reelface models list` shows models that are known to work";

/// Size of dimension `axis` of a tensor that must have `rank` dimensions: 1 to `most`, so that products of a few sizes
/// are numbers, too.
int size_of(const Checkpoint& checkpoint, const std::string& name, std::size_t rank, std::size_t axis,
            int most = kMostChannels) {
  const auto found = checkpoint.tensors.find(name);
  if (found == checkpoint.tensors.end()) {
    reject(checkpoint, "is not a GFPGAN of the clean architecture: tensor '" + name + "' is missing", kKnownGood);
  }
  const std::vector<std::int64_t>& shape = found->second.shape;
  if (shape.size() != rank || shape[axis] < 1 || shape[axis] > most) {
    reject(checkpoint, "tensor '" + name + "' has the impossible shape " + shape_text(shape), kKnownGood);
  }
  return static_cast<int>(shape[axis]);
}

std::string indexed(const std::string& prefix, int index, const std::string& suffix) {
  return prefix + std::to_string(index) + suffix;
}

template <class NameOf>
int count_present(const Checkpoint& checkpoint, const NameOf& name_of) {
  int count = 0;
  while (checkpoint.tensors.count(name_of(count)) != 0) ++count;
  return count;
}

int infer_log_size(const Checkpoint& checkpoint) {
  if (checkpoint.tensors.count("conv_body_first.0.weight") != 0) {
    reject(checkpoint, "is a GFPGAN of the original or bilinear architecture; only the clean one is supported",
           "use GFPGAN v1.2, v1.3 or v1.4: `reelface models pull gfpgan-1.4`");
  }
  const int downs = count_present(checkpoint, [](int i) { return indexed("conv_body_down.", i, ".conv1.weight"); });
  if (downs == 0) size_of(checkpoint, "conv_body_down.0.conv1.weight", 4, 0);
  const int log_size = downs + 2;
  if (log_size < kSmallestLog || log_size > kLargestLog) {
    reject(checkpoint, "has " + std::to_string(downs) + " steps down; 1 to 9 make sense", kKnownGood);
  }
  return log_size;
}

}  // namespace

int GfpganShape::log_size() const {
  int log = 0;
  while ((1 << (log + 1)) <= out_size) ++log;
  return log;
}

int GfpganShape::sft_channels(int resolution) const {
  return sft_half ? decoder_channels.at(resolution) / 2 : decoder_channels.at(resolution);
}

double GfpganShape::narrow() const {
  return decoder_channels.at(4) / 512.0;
}

double GfpganShape::channel_multiplier() const {
  const auto at_64 = decoder_channels.find(64);
  return at_64 == decoder_channels.end() ? 1.0 : at_64->second / (256.0 * narrow());
}

ModelTraits gfpgan_traits() {
  ModelTraits traits;
  traits.invents = true;
  return traits;
}

GfpganShape infer_gfpgan_shape(const Checkpoint& checkpoint) {
  GfpganShape shape;
  const int log_size = infer_log_size(checkpoint);
  shape.out_size = 1 << log_size;
  const std::string decoder = "stylegan_decoder.";
  shape.num_style_feat = size_of(checkpoint, decoder + "style_conv1.modulated_conv.modulation.weight", 2, 1);
  shape.num_mlp =
      count_present(checkpoint, [&](int i) { return indexed(decoder + "style_mlp.", 2 * i + 1, ".weight"); });
  shape.unet_channels[shape.out_size] = size_of(checkpoint, "conv_body_first.weight", 4, 0);
  shape.decoder_channels[4] = size_of(checkpoint, decoder + "constant_input.weight", 4, 1);
  for (int i = 0; i < log_size - 2; ++i) {
    shape.unet_channels[shape.out_size >> (i + 1)] =
        size_of(checkpoint, indexed("conv_body_down.", i, ".conv2.weight"), 4, 0);
    shape.decoder_channels[8 << i] =
        size_of(checkpoint, indexed(decoder + "style_convs.", 2 * i, ".modulated_conv.weight"), 5, 1);
  }
  const int style_numbers = size_of(checkpoint, "final_linear.weight", 2, 0, kMostStyleNumbers);
  shape.different_w = style_numbers != shape.num_style_feat;
  shape.sft_half = size_of(checkpoint, "condition_scale.0.2.weight", 4, 0) != shape.decoder_channels.at(8);
  for (const auto& [resolution, channels] : shape.decoder_channels) {
    if (shape.sft_half && channels % 2 != 0) {
      reject(checkpoint, "has an odd number of decoder channels at " + std::to_string(resolution) + " px", kKnownGood);
    }
  }
  return shape;
}

namespace {

/// Writes down tensors part by part.
class TensorList {
 public:
  void add(const std::string& name, std::vector<std::int64_t> shape) { list_.push_back({name, std::move(shape)}); }

  void convolution(const std::string& name, int out, int in, int side) {
    add(name + ".weight", {out, in, side, side});
    add(name + ".bias", {out});
  }
  void linear(const std::string& name, int out, int in) {
    add(name + ".weight", {out, in});
    add(name + ".bias", {out});
  }
  void residual_block(const std::string& name, int out, int in) {
    convolution(name + ".conv1", in, in, 3);
    convolution(name + ".conv2", out, in, 3);
    add(name + ".skip.weight", {out, in, 1, 1});
  }
  void modulated_convolution(const std::string& name, int out, int in, int side, int style) {
    add(name + ".modulated_conv.weight", {1, out, in, side, side});
    linear(name + ".modulated_conv.modulation", in, style);
  }
  void style_convolution(const std::string& name, int out, int in, int style) {
    add(name + ".weight", {1});
    add(name + ".bias", {1, out, 1, 1});
    modulated_convolution(name, out, in, 3, style);
  }
  void to_rgb(const std::string& name, int in, int style) {
    add(name + ".bias", {1, 3, 1, 1});
    modulated_convolution(name, 3, in, 1, style);
  }

  std::vector<ExpectedTensor> take() { return std::move(list_); }

 private:
  std::vector<ExpectedTensor> list_;
};

void list_unet(const GfpganShape& shape, TensorList& list) {
  const int blocks = shape.log_size() - 2;
  list.convolution("conv_body_first", shape.unet_channels.at(shape.out_size), 3, 1);
  for (int i = 0; i < blocks; ++i) {
    const int from = shape.out_size >> i;
    list.residual_block(indexed("conv_body_down.", i, ""), shape.unet_channels.at(from / 2),
                        shape.unet_channels.at(from));
  }
  const int smallest = shape.unet_channels.at(4);
  list.convolution("final_conv", smallest, smallest, 3);
  for (int i = 0; i < blocks; ++i) {
    const int from = 4 << i;
    list.residual_block(indexed("conv_body_up.", i, ""), shape.unet_channels.at(from * 2),
                        shape.unet_channels.at(from));
  }
  for (int i = 0; i < blocks; ++i) list.convolution(indexed("toRGB.", i, ""), 3, shape.unet_channels.at(8 << i), 1);
  const int codes = shape.different_w ? shape.latent_count() : 1;
  list.linear("final_linear", codes * shape.num_style_feat, smallest * 4 * 4);
}

void list_decoder(const GfpganShape& shape, TensorList& list) {
  const std::string decoder = "stylegan_decoder.";
  const int style = shape.num_style_feat;
  for (int i = 0; i < shape.num_mlp; ++i) list.linear(indexed(decoder + "style_mlp.", 2 * i + 1, ""), style, style);
  const int smallest = shape.decoder_channels.at(4);
  list.add(decoder + "constant_input.weight", {1, smallest, 4, 4});
  list.style_convolution(decoder + "style_conv1", smallest, smallest, style);
  list.to_rgb(decoder + "to_rgb1", smallest, style);
  for (int i = 0; i < shape.log_size() - 2; ++i) {
    const int in = shape.decoder_channels.at(4 << i);
    const int out = shape.decoder_channels.at(8 << i);
    list.style_convolution(indexed(decoder + "style_convs.", 2 * i, ""), out, in, style);
    list.style_convolution(indexed(decoder + "style_convs.", 2 * i + 1, ""), out, out, style);
    list.to_rgb(indexed(decoder + "to_rgbs.", i, ""), out, style);
  }
  for (int i = 0; i < shape.latent_count() - 1; ++i) {
    const int side = 4 << ((i + 1) / 2);
    list.add(indexed(decoder + "noises.noise", i, ""), {1, 1, side, side});
  }
}

void list_conditions(const GfpganShape& shape, TensorList& list) {
  for (const std::string kind : {"condition_scale.", "condition_shift."}) {
    for (int i = 0; i < shape.log_size() - 2; ++i) {
      const int channels = shape.unet_channels.at(8 << i);
      list.convolution(indexed(kind, i, ".0"), channels, channels, 3);
      list.convolution(indexed(kind, i, ".2"), shape.sft_channels(8 << i), channels, 3);
    }
  }
}

}  // namespace

std::vector<ExpectedTensor> expected_gfpgan_tensors(const GfpganShape& shape) {
  TensorList list;
  list_unet(shape, list);
  list_decoder(shape, list);
  list_conditions(shape, list);
  return list.take();
}

}  // namespace reelface
