// SPDX-License-Identifier: Apache-2.0
// Both executors against a plain port of the published networks, with random weights: what golden/ shows with files of
// others, anybody can repeat here.
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "inference/layers/upscaler_layers.h"
#include "inference/native/upscaler_cpu.h"
#include "networks/engine/upscaler.h"
#include "support/plain_networks.h"
#include "support/random_checkpoint.h"

namespace reelface {
namespace {

using testing::PlainWeights;

/// One operation after the other, as the published code has them.
class PlainUpscaler {
 public:
  PlainUpscaler(const Checkpoint& checkpoint, const UpscalerShape& shape) : weights_(checkpoint), shape_(shape) {}

  /// [1, 3, height, width], 0..1.
  at::Tensor enlarge(const at::Tensor& picture) const {
    return shape_.kind == UpscalerShape::Kind::kCompact ? compact(picture) : residual_dense(picture);
  }

 private:
  static at::Tensor leaky(const at::Tensor& x) { return at::leaky_relu(x, 0.2); }
  static at::Tensor doubled(const at::Tensor& x, std::int64_t times = 2) {
    return at::upsample_nearest2d(x, {times * x.size(2), times * x.size(3)});
  }
  at::Tensor convolve(const std::string& name, const at::Tensor& x) const {
    return at::conv2d(x, weights_.get(name + ".weight"), weights_.get(name + ".bias"), 1, 1);
  }

  at::Tensor compact(const at::Tensor& picture) const {
    at::Tensor x = picture;
    for (int layer = 0; layer <= shape_.length; ++layer) {
      x = convolve("body." + std::to_string(2 * layer), x);
      x = at::prelu(x, weights_.get("body." + std::to_string(2 * layer + 1) + ".weight"));
    }
    x = convolve("body." + std::to_string(2 * shape_.length + 2), x);
    return at::pixel_shuffle(x, shape_.scale) + doubled(picture, shape_.scale);
  }

  at::Tensor dense(const std::string& name, const at::Tensor& x) const {
    std::vector<at::Tensor> seen{x};
    for (int layer = 1; layer <= 4; ++layer)
      seen.push_back(leaky(convolve(name + ".conv" + std::to_string(layer), at::cat(seen, 1))));
    return convolve(name + ".conv5", at::cat(seen, 1)) * 0.2 + x;
  }

  at::Tensor residual_dense(const at::Tensor& picture) const {
    const at::Tensor first =
        convolve("conv_first", shape_.block_side > 1 ? at::pixel_unshuffle(picture, shape_.block_side) : picture);
    at::Tensor x = first;
    for (int block = 0; block < shape_.length; ++block) {
      const std::string name = "body." + std::to_string(block) + ".rdb";
      x = dense(name + "3", dense(name + "2", dense(name + "1", x))) * 0.2 + x;
    }
    x = first + convolve("conv_body", x);
    x = leaky(convolve("conv_up1", doubled(x)));
    x = leaky(convolve("conv_up2", doubled(x)));
    return convolve("conv_last", leaky(convolve("conv_hr", x)));
  }

  PlainWeights weights_;
  UpscalerShape shape_;
};

RgbImageF random_picture(int width, int height) {
  std::mt19937 random(9);
  RgbImageF picture(width, height);
  for (float& sample : picture.samples) sample = static_cast<float>(random() % 1000) / 999;
  return picture;
}

UpscalerShape compact_shape(int scale) {
  UpscalerShape shape;
  shape.scale = scale;
  shape.features = 16;
  shape.length = 3;
  return shape;
}

UpscalerShape dense_shape(int block_side) {
  UpscalerShape shape;
  shape.kind = UpscalerShape::Kind::kResidualDense;
  shape.features = 16;
  shape.length = 2;
  shape.growth = 8;
  shape.block_side = block_side;
  shape.scale = 4 / block_side;
  return shape;
}

struct Case {
  const char* name;
  UpscalerShape shape;
  bool of_our_own;  ///< our kernels, else LibTorch
};

class UpscalerNetwork : public ::testing::TestWithParam<Case> {
 protected:
  UpscalerNetwork() { at::set_num_threads(1); }
  const c10::InferenceMode no_training_;
};

TEST_P(UpscalerNetwork, AgreesWithThePlainOne) {
  const UpscalerShape& shape = GetParam().shape;
  const Checkpoint checkpoint = testing::random_checkpoint(expected_tensors(describe_upscaler(shape)), 5);
  const RgbImageF picture = random_picture(24, 20);
  const at::Tensor planes =
      at::tensor(picture.samples).view({1, picture.height, picture.width, 3}).permute({0, 3, 1, 2}).contiguous();
  const at::Tensor expected =
      PlainUpscaler(checkpoint, shape).enlarge(planes).permute({0, 2, 3, 1}).contiguous().flatten();

  std::unique_ptr<CropNetwork> network;
  if (GetParam().of_our_own)
    network = std::make_unique<UpscalerCpu>(checkpoint);
  else
    network = std::make_unique<Upscaler>(checkpoint, Placement());
  const CropWindow window = {picture.view()};
  BothSizes result;
  network->enlarge(&window, 1, &result);
  ASSERT_EQ(result.enlarged.width, shape.scale * picture.width);
  ASSERT_EQ(static_cast<std::int64_t>(result.enlarged.samples.size()), expected.size(0));
  const at::Tensor found = at::tensor(result.enlarged.samples);
  EXPECT_GT(expected.std().item<double>(), 0.01) << "random weights must not die away";
  EXPECT_LT((found - expected).abs().max().item<double>(), 1e-4);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, UpscalerNetwork,
    ::testing::Values(Case{"compact_x2", compact_shape(2), false}, Case{"compact_x4", compact_shape(4), false},
                      Case{"compact_x4_own", compact_shape(4), true}, Case{"dense_x4", dense_shape(1), false},
                      Case{"dense_x2", dense_shape(2), false}, Case{"dense_x1", dense_shape(4), false},
                      Case{"dense_x4_own", dense_shape(1), true}, Case{"dense_x2_own", dense_shape(2), true},
                      Case{"dense_x1_own", dense_shape(4), true}),
    [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace reelface
