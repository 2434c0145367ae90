// SPDX-License-Identifier: Apache-2.0
#include "inference/load_models.h"

#include <gtest/gtest.h>

#include <fstream>
#include <future>
#include <random>

#include "core/instruction_set.h"
#include "inference/checkpoint/checkpoint_writer.h"
#include "inference/detector/yunet_weights.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/inference/device.h"
#include "reelface/inference/model_store.h"
#include "support/random_checkpoint.h"
#include "support/scoped_environment.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

std::vector<RgbImageF> noisy_crops(int size, int count) {
  std::mt19937 generator(11);
  std::uniform_real_distribution<float> shade(0, 1);
  std::vector<RgbImageF> crops;
  for (int i = 0; i < count; ++i) {
    crops.emplace_back(size, size);
    for (float& sample : crops.back().samples) sample = shade(generator);
  }
  return crops;
}

/// Checkpoint files of small random networks.
class LoadModels : public ::testing::Test {
 protected:
  std::string write_gfpgan() const {
    const GfpganShape shape = testing::gfpgan_shape(64, 0.0625, 1, 24);
    return write("gfpgan.safetensors", testing::random_checkpoint(expected_gfpgan_tensors(shape), 5));
  }
  std::string write_yunet() const {
    Checkpoint checkpoint = testing::random_checkpoint(expected_yunet_tensors(), 5);
    // Divided by roots of variances near zero, the numbers would grow beyond what is taken for a face.
    const std::vector<float> ones(64, 1);
    for (auto& [name, tensor] : checkpoint.tensors) {
      if (name.find(".running_var") != std::string::npos) tensor.data = reinterpret_cast<const std::byte*>(ones.data());
    }
    return write("yunet.safetensors", checkpoint);
  }
  std::string write(const std::string& name, const Checkpoint& checkpoint) const {
    write_safetensors(checkpoint, folder_.file(name));
    return folder_.file(name);
  }

  static EngineOptions options(Precision precision, int threads) {
    EngineOptions result;
    result.device = "cpu";
    result.precision = precision;
    result.threads = threads;
    return result;
  }

  template <class Load>
  static void expect_error(ExitCode code, const std::string& part, const Load& load) {
    try {
      load();
      ADD_FAILURE() << "loaded; expected an error about " << part;
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), code);
      EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
      EXPECT_FALSE(error.advice().empty());
    }
  }

  testing::TemporaryFolder folder_;
};

TEST_F(LoadModels, RestoresAnyNumberOfFacesTheSameOnAnyNumberOfCores) {
  const std::string file = write_gfpgan();
  const std::vector<RgbImageF> crops = noisy_crops(64, 5);
  std::vector<CropWindow> windows;
  windows.reserve(crops.size());
  for (const RgbImageF& crop : crops) windows.push_back({crop.view()});
  for (const Precision precision : {Precision::kFp32, Precision::kBf16}) {
    const auto one = load_face_enhancer(file, options(precision, 1))->enhance(windows);
    const auto three = load_face_enhancer(file, options(precision, 3))->enhance(windows);
    const auto alone = load_face_enhancer(file, options(precision, 3))->enhance({windows[4]});
    for (std::size_t i = 0; i < windows.size(); ++i) EXPECT_EQ(one[i].samples, three[i].samples) << i;
    EXPECT_EQ(one[4].samples, alone[0].samples);
    EXPECT_NE(one[3].samples, one[4].samples);
  }
}

TEST_F(LoadModels, SeveralThatShareTheirWeightsWorkSideBySide) {
  const std::vector<RgbImageF> crops = noisy_crops(64, 1);
  const std::vector<CropWindow> window = {{crops[0].view()}};
  const auto enhancers = load_face_enhancers(write_gfpgan(), options(Precision::kFp32, 1), 3);
  ASSERT_EQ(enhancers.size(), 3U);
  std::vector<std::future<std::vector<RgbImageF>>> results;
  results.reserve(enhancers.size());
  for (const auto& enhancer : enhancers)
    results.push_back(std::async(std::launch::async, [&] { return enhancer->enhance(window); }));
  const std::vector<float> first = results[0].get()[0].samples;
  for (std::size_t i = 1; i < results.size(); ++i) EXPECT_EQ(results[i].get()[0].samples, first) << i;
}

TEST_F(LoadModels, OurOwnModelsNeedNoLibTorchOnACpu) {
  const testing::ScopedEnvironment nowhere("REELFACE_NETWORKS", folder_.file("nowhere.so"));
  const ModelStore store = ModelStore::from_environment();
  const auto restorer = load_face_enhancer(store.path_of("faithful"), options(Precision::kFp32, 2));
  const std::vector<RgbImageF> crops = noisy_crops(restorer->crop_size(), restorer->window_length());
  CropWindow window;
  for (const RgbImageF& crop : crops) window.push_back(crop.view());
  EXPECT_NE(restorer->enhance({window}).front().samples, crops[2].samples);

  const auto descriptor = load_face_descriptor(store.path_of("descriptor"));
  const RgbImageF face = noisy_crops(descriptor->crop_size(), 1).front();
  EXPECT_EQ(descriptor->describe({face.view()}), descriptor->describe({face.view()}));
}

TEST_F(LoadModels, SaysWhatRunsWhere) {
  const std::string cpu = std::string(" on cpu (") + instruction_set_name() + ")";
  const std::string file = write_gfpgan();
  EXPECT_EQ(load_face_enhancer(file, options(Precision::kBf16, 3))->description(),
            "GFPGAN, crops of 64 px, bf16" + cpu + ", 3 x 1 at a time");
  EngineOptions few = options(Precision::kFp32, 3);
  few.batch = 2;
  EXPECT_EQ(load_face_enhancer(file, few)->description(), "GFPGAN, crops of 64 px, fp32" + cpu + ", 2 x 1 at a time");
  const std::string faithful = ModelStore::from_environment().path_of("faithful");
  EXPECT_EQ(load_face_enhancer(faithful, options(Precision::kFp32, 2))->description(),
            "window network, 5 crops of 256 px, fp32" + cpu + ", 2 x 1 at a time");
}

TEST_F(LoadModels, WarningsFromTheLibraryOfNetworksArriveHere) {
  std::string heard;
  set_log_sink([&](LogLevel, std::string_view message) { heard += message; });
  load_face_enhancer(write_gfpgan(), options(Precision::kBf16, 1));
  set_log_sink({});
  const bool has_fast_bf16 = list_devices().front().description.find("fast bf16") != std::string::npos;
  EXPECT_EQ(heard.find("this processor has no bf16") == std::string::npos, has_fast_bf16) << heard;
}

TEST_F(LoadModels, RefusesNetworksOfAnotherKind) {
  const std::string gfpgan = write_gfpgan();
  const std::string yunet = write_yunet();
  expect_error(ExitCode::kModelRejected, "no network that restores faces", [&] { load_face_enhancer(yunet, {}); });
  expect_error(ExitCode::kModelRejected, "tensors do not fit", [&] { load_face_detector(gfpgan, {}); });
  expect_error(ExitCode::kModelRejected, "tensors do not fit", [&] { load_face_descriptor(gfpgan); });
}

TEST_F(LoadModels, RefusesAMissingFileAndOneThatIsNoCheckpoint) {
  EXPECT_THROW(load_face_enhancer(folder_.file("absent"), {}), Error);
  std::ofstream(folder_.file("text")) << "not a model";
  EXPECT_THROW(load_face_enhancer(folder_.file("text"), {}), Error);
}

TEST_F(LoadModels, RefusesHalfPrecisionOnACpuAndOptionsWithoutSense) {
  const std::string gfpgan = write_gfpgan();
  expect_error(ExitCode::kUsage, "fp16", [&] { load_face_enhancer(gfpgan, options(Precision::kFp16, 1)); });
  const std::string yunet = write_yunet();
  for (const auto& sides : std::vector<std::vector<int>>{{}, {0}, {640, -5}, {1 << 30}}) {
    DetectorOptions detector;
    detector.long_sides = sides;
    EXPECT_THROW(load_face_detector(yunet, detector), Error);
  }
  DetectorOptions detector;
  detector.score_threshold = 1.5F;
  EXPECT_THROW(load_face_detector(yunet, detector), Error);
}

TEST_F(LoadModels, ADetectorTakesPicturesOfAnySize) {
  DetectorOptions everything;
  everything.score_threshold = 0;
  const auto detector = load_face_detector(write_yunet(), everything);
  const RgbImage8 dot(1, 1), strip(700, 3), picture(97, 65);
  const auto faces = detector->detect({dot.view(), strip.view(), picture.view(), RgbView8()});
  ASSERT_EQ(faces.size(), 4U);
  EXPECT_FALSE(faces[0].empty()) << "a threshold of 0 takes every cell";
  EXPECT_FALSE(faces[1].empty());
  EXPECT_TRUE(faces[3].empty()) << "an empty picture";
  EXPECT_TRUE(detector->detect({}).empty());
}

}  // namespace
}  // namespace reelface
