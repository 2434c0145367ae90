// SPDX-License-Identifier: Apache-2.0
#include "reelface/inference/model_traits.h"

#include <gtest/gtest.h>

#include "inference/checkpoint/checkpoint_writer.h"
#include "inference/layers/network_traits.h"
#include "inference/layers/window_layers.h"
#include "inference/load_models.h"
#include "inference/model_inspection.h"
#include "reelface/core/error.h"
#include "reelface/inference/model_store.h"
#include "support/random_checkpoint.h"
#include "support/source_folder.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

std::string own_model(const std::string& file) {
  return testing::source_file("models/" + file);
}

std::string write_window_network(const testing::TemporaryFolder& folder, bool enlarges) {
  std::string file = folder.file(enlarges ? "pictures.safetensors" : "crops.safetensors");
  const WindowShape shape = {3, {8, 16}, {1, 1}, {1}, 64, enlarges};
  write_safetensors(testing::random_checkpoint(expected_tensors(describe_window_network(shape)), 3), file);
  return file;
}

TEST(ModelTraits, TheManifestAgreesWithTheFiles) {
  int compared = 0;
  for (const ModelInfo& model : known_models()) {
    EXPECT_EQ(model.traits.has_value(), model.task == "restore") << model.name;
    if (!model.embedded || !model.traits) continue;
    EXPECT_EQ(traits_of(read_checkpoint(own_model(model.file))), model.traits) << model.name;
    ++compared;
  }
  EXPECT_EQ(compared, 4);
}

TEST(ModelTraits, OfModelsByNameNeedNoFile) {
  EXPECT_EQ(traits_of_model("faithful").window, 5);
  EXPECT_FALSE(traits_of_model("faithful").invents);
  EXPECT_TRUE(traits_of_model("gfpgan-1.4").invents);
  EXPECT_FALSE(traits_of_model("gfpgan-1.4").sees_neighbours());
}

TEST(ModelTraits, OfFilesComeFromTheirShape) {
  const testing::TemporaryFolder folder;
  const ModelTraits crops = traits_of_model(write_window_network(folder, false));
  EXPECT_EQ(crops.window, 3);
  EXPECT_EQ(crops.works_on, WorksOn::kCrops);
  EXPECT_EQ(crops.scale, 1);
  const std::string file = write_window_network(folder, true);
  const ModelTraits pictures = traits_of_model(file);
  EXPECT_EQ(pictures.works_on, WorksOn::kWholePictures);
  EXPECT_EQ(pictures.scale, 2);
  EXPECT_EQ(inspect_model(file).traits, pictures);
}

TEST(ModelTraits, OnlyRestorersHaveThem) {
  EXPECT_THROW(traits_of_model("spotter"), Error);
  EXPECT_FALSE(inspect_model(own_model("descriptor.safetensors")).traits.has_value());
}

TEST(ModelTraits, WhatRestoresWholePicturesIsNoRestorerOfFaces) {
  const testing::TemporaryFolder folder;
  EngineOptions options;
  options.device = "cpu";
  EXPECT_NO_THROW(load_face_enhancer(write_window_network(folder, false), options));
  EXPECT_THROW(load_face_enhancer(write_window_network(folder, true), options), Error);
}

TEST(ModelTraits, TheCleanerComesWithTheProgram) {
  EXPECT_EQ(cleaning_model(), "faithful");
}

}  // namespace
}  // namespace reelface
