// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/instruction_set.h"
#include "inference/checkpoint/checkpoint.h"
#include "inference/checkpoint/tensor_values.h"
#include "inference/load_models.h"
#include "support/png_reader.h"
#include "support/shared_folder.h"

namespace reelface {
namespace {

using testing::read_png_window;

CropWindow window_of(const std::vector<RgbImageF>& crops) {
  CropWindow window;
  for (const RgbImageF& crop : crops) window.push_back(crop.view());
  return window;
}

std::unique_ptr<FaceEnhancer> load(Precision precision) {
  EngineOptions options;
  options.device = "cpu";
  options.precision = precision;
  options.threads = 1;
  return load_face_enhancer(*testing::shared_file("models/faithful.safetensors"), options);
}

/// The reference's picture, 3 planes of -1..1, against ours, interleaved 0..1: on the reference's scale.
double largest_difference(const std::vector<double>& planes, const RgbImageF& image) {
  const std::size_t pixels = planes.size() / 3;
  double largest = 0;
  for (std::size_t i = 0; i < pixels; ++i) {
    for (std::size_t colour = 0; colour < 3; ++colour) {
      largest = std::max(largest, std::abs(planes[colour * pixels + i] - (2.0 * image.samples[3 * i + colour] - 1)));
    }
  }
  return largest;
}

double psnr(const RgbImageF& left, const RgbImageF& right) {
  double squares = 0;
  for (std::size_t i = 0; i < left.samples.size(); ++i) squares += std::pow(left.samples[i] - right.samples[i], 2);
  return 10 * std::log10(static_cast<double>(left.samples.size()) / squares);
}

class WindowNetworkGolden : public ::testing::TestWithParam<std::string> {};

TEST_P(WindowNetworkGolden, AgreesWithTheTrainingCode) {
  REELFACE_NEED_SHARED(folder, "golden/faithful");
  REELFACE_NEED_SHARED(model, "models/faithful.safetensors");
  const std::vector<RgbImageF> crops = read_png_window(folder, GetParam());
  const Checkpoint expected = read_checkpoint(folder + "/" + GetParam() + ".output.safetensors");
  const auto enhancer = load(Precision::kFp32);
  ASSERT_EQ(enhancer->crop_size(), 256);
  ASSERT_EQ(enhancer->window_length(), 5);
  const std::vector<RgbImageF> restored = enhancer->enhance({window_of(crops)});
  EXPECT_LT(largest_difference(tensor_values(expected.tensors.at("output")), restored.front()), 1e-4);
}

INSTANTIATE_TEST_SUITE_P(Windows, WindowNetworkGolden, ::testing::Values("moving", "still"),
                         [](const auto& name) { return name.param; });

/// The engine of this precision must give one window the same bytes alone, among others, and in another engine.
void expect_same_bytes_in_any_company(Precision precision, const std::string& folder) {
  const std::vector<RgbImageF> moving = read_png_window(folder, "moving");
  const std::vector<RgbImageF> still = read_png_window(folder, "still");
  const auto enhancer = load(precision);
  const auto alone = enhancer->enhance({window_of(moving)});
  const auto together = enhancer->enhance({window_of(still), window_of(moving), window_of(still), window_of(moving)});
  ASSERT_EQ(together.size(), 4U);
  EXPECT_EQ(alone[0].samples, together[1].samples);
  EXPECT_EQ(alone[0].samples, together[3].samples);
  EXPECT_NE(together[0].samples, together[1].samples);
  EXPECT_EQ(load(precision)->enhance({window_of(moving)})[0].samples, alone[0].samples) << "another engine";
}

TEST(WindowNetwork, GivesTheSameBytesInAnyCompany) {
  REELFACE_NEED_SHARED(folder, "golden/faithful");
  REELFACE_NEED_SHARED(model, "models/faithful.safetensors");
  expect_same_bytes_in_any_company(Precision::kFp32, folder);
}

// Where the processor has no bf16, LibTorch computes it number by number: right, but at ten seconds a face.
TEST(WindowNetwork, GivesTheSameBytesInAnyCompanyInHalfThePrecision) {
  REELFACE_NEED_SHARED(folder, "golden/faithful");
  REELFACE_NEED_SHARED(model, "models/faithful.safetensors");
  if (!cpu_has_fast_bf16()) GTEST_SKIP() << "this processor has no bf16";
  expect_same_bytes_in_any_company(Precision::kBf16, folder);
}

TEST(WindowNetwork, StaysCloseInHalfThePrecision) {
  REELFACE_NEED_SHARED(folder, "golden/faithful");
  REELFACE_NEED_SHARED(model, "models/faithful.safetensors");
  if (!cpu_has_fast_bf16()) GTEST_SKIP() << "this processor has no bf16";
  const std::vector<RgbImageF> crops = read_png_window(folder, "moving");
  const auto exact = load(Precision::kFp32)->enhance({window_of(crops)});
  const auto fast = load(Precision::kBf16)->enhance({window_of(crops)});
  EXPECT_GT(psnr(exact[0], fast[0]), 40);
}

}  // namespace
}  // namespace reelface
