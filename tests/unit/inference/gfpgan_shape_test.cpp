// SPDX-License-Identifier: Apache-2.0
#include "inference/layers/gfpgan_shape.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reelface/core/error.h"

namespace reelface {
namespace {

using ::testing::HasSubstr;

/// A network of 32 px with every size different, so that none can be taken for another.
GfpganShape odd_shape() {
  GfpganShape shape;
  shape.out_size = 32;
  shape.num_style_feat = 9;
  shape.num_mlp = 3;
  shape.unet_channels = {{4, 11}, {8, 13}, {16, 17}, {32, 19}};
  shape.decoder_channels = {{4, 22}, {8, 26}, {16, 34}, {32, 38}};
  return shape;
}

Checkpoint checkpoint_of(const GfpganShape& shape) {
  Checkpoint checkpoint;
  checkpoint.path = "model.pth";
  for (const ExpectedTensor& tensor : expected_gfpgan_tensors(shape)) {
    checkpoint.tensors[tensor.name].shape = tensor.shape;
  }
  return checkpoint;
}

template <class Action>
std::string rejection(const Action& action) {
  try {
    action();
    return "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kModelRejected);
    EXPECT_FALSE(error.advice().empty());
    return error.what();
  }
}

std::string rejection_of(const Checkpoint& checkpoint) {
  return rejection([&] { check_tensors(checkpoint, expected_gfpgan_tensors(infer_gfpgan_shape(checkpoint))); });
}

TEST(GfpganShape, IsRecoveredFromItsOwnTensors) {
  for (const bool different_w : {true, false}) {
    for (const bool sft_half : {true, false}) {
      GfpganShape shape = odd_shape();
      shape.different_w = different_w;
      shape.sft_half = sft_half;
      const Checkpoint checkpoint = checkpoint_of(shape);
      const GfpganShape inferred = infer_gfpgan_shape(checkpoint);
      EXPECT_EQ(inferred.out_size, 32);
      EXPECT_EQ(inferred.num_style_feat, 9);
      EXPECT_EQ(inferred.num_mlp, 3);
      EXPECT_EQ(inferred.different_w, different_w);
      EXPECT_EQ(inferred.sft_half, sft_half);
      EXPECT_EQ(inferred.unet_channels, shape.unet_channels);
      EXPECT_EQ(inferred.decoder_channels, shape.decoder_channels);
      EXPECT_EQ(rejection_of(checkpoint), "accepted");
    }
  }
}

TEST(GfpganShape, NamesWhatIsMissing) {
  Checkpoint checkpoint = checkpoint_of(odd_shape());
  checkpoint.tensors.erase("stylegan_decoder.noises.noise3");
  EXPECT_THAT(rejection_of(checkpoint), HasSubstr("1 missing: 'stylegan_decoder.noises.noise3'"));
  checkpoint.tensors.erase("final_linear.weight");
  EXPECT_THAT(rejection_of(checkpoint), HasSubstr("'final_linear.weight' is missing"));
}

TEST(GfpganShape, NamesWhatIsMisshapen) {
  Checkpoint checkpoint = checkpoint_of(odd_shape());
  checkpoint.tensors["conv_body_up.1.skip.weight"].shape = {17, 13, 3, 3};
  EXPECT_THAT(rejection_of(checkpoint),
              HasSubstr("1 misshapen: 'conv_body_up.1.skip.weight' is 17x13x3x3 instead of 17x13x1x1"));
}

TEST(GfpganShape, NamesWhatIsNotExpectedAndShowsOnlyAFew) {
  Checkpoint checkpoint = checkpoint_of(odd_shape());
  for (int i = 0; i < 100; ++i) checkpoint.tensors["zz" + std::to_string(i)].shape = {1};
  const std::string text = rejection_of(checkpoint);
  EXPECT_THAT(text, HasSubstr("100 not expected: 'zz0'"));
  EXPECT_LT(text.size(), 200u);
}

TEST(GfpganShape, RefusesWholeNumbers) {
  Checkpoint checkpoint = checkpoint_of(odd_shape());
  checkpoint.tensors["toRGB.0.bias"].type = TensorType::kInt64;
  EXPECT_THAT(rejection_of(checkpoint), HasSubstr("1 not floating point: 'toRGB.0.bias'"));
}

TEST(GfpganShape, RefusesImpossibleShapes) {
  Checkpoint checkpoint = checkpoint_of(odd_shape());
  checkpoint.tensors["conv_body_first.weight"].shape = {};
  EXPECT_THAT(rejection_of(checkpoint), HasSubstr("'conv_body_first.weight' has the impossible shape scalar"));
  checkpoint.tensors["conv_body_first.weight"].shape = {1 << 20, 3, 1, 1};
  EXPECT_THAT(rejection_of(checkpoint), HasSubstr("impossible shape"));
}

TEST(GfpganShape, BoundsEverySize) {
  const auto accepts = [](const auto& change) {
    GfpganShape shape = odd_shape();
    change(shape);
    return rejection_of(checkpoint_of(shape)) == "accepted";
  };
  EXPECT_TRUE(accepts([](GfpganShape& shape) { shape.unet_channels[16] = 4096; }));
  EXPECT_FALSE(accepts([](GfpganShape& shape) { shape.unet_channels[16] = 4097; }));
  EXPECT_TRUE(accepts([](GfpganShape& shape) { shape.decoder_channels[32] = 4096; }));
  EXPECT_FALSE(accepts([](GfpganShape& shape) { shape.decoder_channels[32] = 4098; }));
  EXPECT_TRUE(accepts([](GfpganShape& shape) { shape.num_style_feat = 4096; })) << "and 8 codes of so many numbers";
  EXPECT_FALSE(accepts([](GfpganShape& shape) { shape.num_style_feat = 4097; }));
  EXPECT_FALSE(accepts([](GfpganShape& shape) { shape.unet_channels[8] = 0; }));
}

TEST(GfpganShape, RefusesOddChannelsThatCannotBeHalved) {
  GfpganShape shape = odd_shape();
  shape.decoder_channels[16] = 33;
  EXPECT_THAT(rejection_of(checkpoint_of(shape)), HasSubstr("odd number of decoder channels at 16 px"));
}

TEST(GfpganShape, TellsOtherNetworksApart) {
  Checkpoint original;
  original.path = "GFPGANv1.pth";
  original.tensors["conv_body_first.0.weight"].shape = {32, 3, 1, 1};
  EXPECT_THAT(rejection_of(original), HasSubstr("original or bilinear architecture"));
  EXPECT_THAT(rejection_of(Checkpoint()), HasSubstr("not a GFPGAN of the clean architecture"));
}

TEST(GfpganShape, BoundsTheDepth) {
  Checkpoint checkpoint = checkpoint_of(odd_shape());
  for (int i = 0; i < 40; ++i) checkpoint.tensors["conv_body_down." + std::to_string(i) + ".conv1.weight"].shape = {1};
  EXPECT_THAT(rejection_of(checkpoint), HasSubstr("40 steps down"));
}

}  // namespace
}  // namespace reelface
