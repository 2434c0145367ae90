// SPDX-License-Identifier: Apache-2.0
#include "inference/model_inspection.h"

#include <gtest/gtest.h>

#include "inference/checkpoint/checkpoint.h"
#include "reelface/core/error.h"
#include "support/pickle_builder.h"
#include "support/safetensors_builder.h"
#include "support/source_folder.h"
#include "support/temporary_folder.h"
#include "support/zip_builder.h"

namespace reelface {
namespace {

std::string own_model(const std::string& name) {
  return testing::source_file("models/" + name + ".safetensors");
}

TEST(ModelInspection, KnowsWhatComesWithTheProgram) {
  const ModelFacts compact = inspect_model(own_model("compact"));
  EXPECT_EQ(compact.architecture, "gfpgan-clean");
  EXPECT_EQ(compact.parameters.at("out_size"), 256);
  EXPECT_EQ(compact.parameters.at("channel_multiplier"), 1);
  EXPECT_EQ(compact.parameters.at("narrow"), 0.25);
  EXPECT_EQ(compact.parameters.at("num_style_feat"), 128);
  EXPECT_EQ(compact.mismatch, "");
  EXPECT_EQ(compact.known_as, "compact");
  EXPECT_EQ(compact.licence, "Apache-2.0");
  EXPECT_EQ(compact.tensor_count, 235u);
  EXPECT_EQ(compact.elements_by_type.at("F16"), compact.element_count);
  EXPECT_EQ(inspect_model(own_model("faithful")).architecture, "faithful");
  EXPECT_EQ(inspect_model(own_model("spotter")).architecture, "yunet");
  EXPECT_EQ(inspect_model(own_model("descriptor")).architecture, "descriptor");
}

TEST(ModelInspection, DescribesStrangersToo) {
  const testing::TemporaryFolder folder;
  const std::string values = testing::float_bytes({1, 2, 3, 4});
  testing::write_bytes(folder.file("a.pth"), testing::torch_zip(testing::state_dict_pickle({}), {{"0", values}}));
  const ModelFacts facts = inspect_model(folder.file("a.pth"));
  EXPECT_EQ(facts.format, "pytorch zip");
  EXPECT_EQ(facts.architecture, "unknown");
  EXPECT_EQ(facts.known_as, "");
  EXPECT_EQ(facts.largest_tensor, "weight 2x2");
  EXPECT_EQ(facts.element_count, 4u);

  testing::write_bytes(
      folder.file("b.pth"),
      testing::torch_zip(testing::state_dict_pickle({}, "params_ema", "conv_body_first.weight"), {{"0", values}}));
  const ModelFacts broken = inspect_model(folder.file("b.pth"));
  EXPECT_EQ(broken.architecture, "gfpgan-clean");
  EXPECT_NE(broken.mismatch, "");
}

TEST(ModelInspection, ConvertsAnyFormToSafetensors) {
  const testing::TemporaryFolder folder;
  const std::string values = testing::float_bytes({1, 2, 3, 4});
  testing::write_bytes(folder.file("a.pth"), testing::legacy_file(testing::state_dict_pickle({}), {{"0", 4, values}}));
  convert_model(folder.file("a.pth"), folder.file("a.safetensors"), true, false);
  const Checkpoint converted = read_checkpoint(folder.file("a.safetensors"));
  EXPECT_EQ(converted.format, "safetensors");
  EXPECT_EQ(converted.tensors.at("weight").type, TensorType::kFloat16);
  EXPECT_THROW(convert_model(folder.file("none"), folder.file("b.safetensors"), false, false), Error);
}

}  // namespace
}  // namespace reelface
