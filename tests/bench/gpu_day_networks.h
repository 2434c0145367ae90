// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "inference/layers/gfpgan_shape.h"
#include "inference/layers/window_layers.h"
#include "inference/layers/window_shape.h"
#include "inference/native/window_restorer_cpu.h"
#include "networks/engine/gfpgan_restorer.h"
#include "networks/engine/window_restorer.h"
#include "networks/gfpgan_network.h"
#include "networks/torch_network.h"
#include "reelface/inference/model_store.h"
#include "support/plain_networks.h"
#include "support/random_checkpoint.h"

namespace reelface {

using TensorFunction = std::function<at::Tensor(const at::Tensor&)>;

struct InputShape {
  std::int64_t channels, side;
};

/// A network in the ways in which it is measured.
struct BenchedNetwork {
  std::string name;
  std::shared_ptr<const Checkpoint> checkpoint;
  InputShape input, plain_input;
  std::function<TensorFunction(Placement)> ours;   ///< tensors in and out
  std::function<TensorFunction(Placement)> plain;  ///< the published operations one by one
  std::function<std::unique_ptr<CropNetwork>(Placement)> whole;
  std::function<std::unique_ptr<CropNetwork>()> on_cpu;  ///< as the program runs it there, in fp32
};

inline BenchedNetwork benched_gfpgan(bool is_small) {
  const GfpganShape shape = is_small ? testing::gfpgan_shape(64, 0.25, 2, 64) : testing::gfpgan_shape(512, 1, 2, 512);
  const auto checkpoint = std::make_shared<Checkpoint>(testing::random_checkpoint(expected_gfpgan_tensors(shape), 1));
  BenchedNetwork network;
  network.checkpoint = checkpoint;
  network.name = "GFPGAN " + std::to_string(shape.out_size);
  network.input = network.plain_input = {3, shape.out_size};
  network.ours = [=](Placement placement) -> TensorFunction {
    const auto made = std::make_shared<GfpganNetwork>(*checkpoint, shape, placement);
    return [made](const at::Tensor& pictures) { return made->restore(pictures); };
  };
  network.plain = [=](Placement placement) -> TensorFunction {
    const auto made = std::make_shared<testing::PlainGfpgan>(*checkpoint, shape, placement);
    return [made](const at::Tensor& pictures) { return made->restore(pictures); };
  };
  network.whole = [=](Placement placement) { return std::make_unique<GfpganRestorer>(*checkpoint, placement); };
  network.on_cpu = [=] { return std::make_unique<GfpganRestorer>(*checkpoint, Placement{}); };
  return network;
}

/// With its own weights: what rounding does depends on them, and random ones let numbers grow from layer to layer.
inline BenchedNetwork benched_window_network() {
  const auto checkpoint =
      std::make_shared<Checkpoint>(read_checkpoint(ModelStore::from_environment().path_of("faithful")));
  const WindowShape shape = infer_window_shape(*checkpoint);
  BenchedNetwork network;
  network.checkpoint = checkpoint;
  network.name = "`faithful`";
  network.input = {12 * shape.frames, shape.crop_size / 2};
  network.plain_input = {3 * shape.frames, shape.crop_size};
  network.ours = [=](Placement placement) -> TensorFunction {
    const std::int64_t side = shape.crop_size / 2;
    const auto made =
        std::make_shared<TorchNetwork>(*checkpoint, describe_window_network(shape), PictureSize{side, side}, placement);
    return [made](const at::Tensor& windows) { return made->run(windows).front(); };
  };
  network.plain = [=](Placement placement) -> TensorFunction {
    const auto made = std::make_shared<testing::PlainWindowNetwork>(*checkpoint, placement);
    return [made](const at::Tensor& windows) { return made->restore(windows); };
  };
  network.whole = [=](Placement placement) { return std::make_unique<WindowRestorer>(*checkpoint, placement); };
  network.on_cpu = [=] { return std::make_unique<WindowRestorerCpu>(*checkpoint); };
  return network;
}

inline std::vector<BenchedNetwork> benched_networks(bool is_small) {
  return {benched_gfpgan(is_small), benched_window_network()};
}

}  // namespace reelface
