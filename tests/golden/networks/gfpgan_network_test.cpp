// SPDX-License-Identifier: Apache-2.0
#include "networks/gfpgan_network.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <gtest/gtest.h>

#include "inference/load_models.h"
#include "support/shared_folder.h"

namespace reelface {
namespace {

constexpr double kTolerance = 1e-4;

/// One form of a tiny checkpoint. The file in half precision holds rounded weights, hence its own tolerance.
struct Form {
  std::string file;
  int size;
  double tolerance = kTolerance;
};

GfpganNetwork load(const Checkpoint& checkpoint) {
  return GfpganNetwork(checkpoint, infer_gfpgan_shape(checkpoint), Placement());
}

double largest_difference(const at::Tensor& expected, const at::Tensor& actual) {
  EXPECT_EQ(expected.sizes(), actual.sizes());
  return (expected - actual.to(at::kFloat)).abs().max().item<double>();
}

at::Tensor channels_last(const at::Tensor& tensor) {
  return tensor.contiguous(at::MemoryFormat::ChannelsLast);
}

class GfpganGolden : public ::testing::TestWithParam<Form> {
 protected:
  GfpganGolden() { at::set_num_threads(1); }  // threads that wait for each other spin, and tests run side by side

  const c10::InferenceMode no_training_;
};

TEST_P(GfpganGolden, AgreesWithThePythonReference) {
  REELFACE_NEED_SHARED(model_file, "golden/gfpgan/" + GetParam().file);
  REELFACE_NEED_SHARED(golden_file,
                       "golden/gfpgan/gfpgan_clean_" + std::to_string(GetParam().size) + ".golden.safetensors");
  const Checkpoint golden = read_checkpoint(golden_file);
  const Weights expected(golden);
  const GfpganNetwork network = load(read_checkpoint(model_file));
  const at::Tensor input = channels_last(expected.get("input"));
  EXPECT_LT(largest_difference(expected.get("output"), network.restore(input)), GetParam().tolerance);

  GfpganUnet::State state = network.unet().look(input);
  EXPECT_LT(largest_difference(expected.get("style_code"), state.style_codes.flatten(1)), GetParam().tolerance);
  for (int level = 0; expected.has("condition_scale." + std::to_string(level)); ++level) {
    SCOPED_TRACE(level);
    const GfpganCondition condition = network.unet().next_condition(state);
    EXPECT_LT(largest_difference(expected.get("condition_scale." + std::to_string(level)), condition.scale),
              GetParam().tolerance);
    EXPECT_LT(largest_difference(expected.get("condition_shift." + std::to_string(level)), condition.shift),
              GetParam().tolerance);
  }
  EXPECT_TRUE(state.remembered.empty());
}

TEST_P(GfpganGolden, ABatchIsAsGoodAsItsParts) {
  REELFACE_NEED_SHARED(model_file, "golden/gfpgan/" + GetParam().file);
  REELFACE_NEED_SHARED(golden_file,
                       "golden/gfpgan/gfpgan_clean_" + std::to_string(GetParam().size) + ".golden.safetensors");
  const Checkpoint golden = read_checkpoint(golden_file);
  const at::Tensor pair = channels_last(Weights(golden).get("input"));
  const at::Tensor four = channels_last(at::cat({pair, pair.flip({0})}));
  const GfpganNetwork network = load(read_checkpoint(model_file));
  const at::Tensor together = network.restore(four);
  for (std::int64_t i = 0; i < four.size(0); ++i) {
    const at::Tensor alone = network.restore(channels_last(four.narrow(0, i, 1)));
    EXPECT_LT(largest_difference(alone, together.narrow(0, i, 1)), kTolerance) << "picture " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Forms, GfpganGolden,
                         ::testing::Values(Form{"gfpgan_clean_64.pth", 64}, Form{"gfpgan_clean_64.legacy.pth", 64},
                                           Form{"gfpgan_clean_64.bare.pth", 64},
                                           Form{"gfpgan_clean_64.params_key.pth", 64},
                                           Form{"gfpgan_clean_64.safetensors", 64},
                                           Form{"gfpgan_clean_64.half.pth", 64, 2e-3},
                                           Form{"gfpgan_clean_128.pth", 128}),
                         [](const auto& form) {
                           std::string name = form.param.file;
                           for (char& letter : name) letter = letter == '.' ? '_' : letter;
                           return name;
                         });

}  // namespace
}  // namespace reelface
