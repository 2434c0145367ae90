// SPDX-License-Identifier: Apache-2.0
#include "measure/niqe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "reelface/core/error.h"
#include "support/run_program.h"
#include "support/source_folder.h"
#include "support/temporary_folder.h"
#include "support/test_pattern.h"

namespace reelface {
namespace {

using namespace testing;

ProgramResult run_reference_niqe(const std::string& arguments) {
  return run_program("/usr/bin/python3 " + source_file("tests/unit/measure/reference_niqe.py ") + arguments);
}

RgbImageF textured(int width, int height, double noise) {
  RgbImageF picture(width, height);
  for (std::uint32_t channel = 0; channel < 3; ++channel) {
    const std::vector<float> plane = with_noise(TestPattern(channel + 3).plane(width, height), noise, channel + 1);
    for (std::size_t i = 0; i < plane.size(); ++i) picture.samples[3 * i + channel] = std::clamp(plane[i], 0.0F, 1.0F);
  }
  return picture;
}

class Niqe : public ::testing::Test {
 protected:
  void SetUp() override {
    const ProgramResult made = run_reference_niqe("parameters " + parameters());
    if (made.exit_code != 0) GTEST_SKIP() << "NOT CHECKED: python3-numpy is missing: " << made.output;
  }

  std::string parameters() const { return folder_.file("niqe.npz"); }

  double expected(const RgbImageF& picture) const {
    std::ofstream(folder_.file("picture.raw"), std::ios::binary)
        .write(reinterpret_cast<const char*>(picture.samples.data()),
               static_cast<std::streamsize>(picture.samples.size() * sizeof(float)));
    const ProgramResult result =
        run_reference_niqe("value " + parameters() + " " + std::to_string(picture.width) + " " +
                           std::to_string(picture.height) + " " + folder_.file("picture.raw"));
    EXPECT_EQ(result.exit_code, 0) << result.output;
    return std::stod(result.output.substr(result.output.find("niqe:") + 5));
  }

  TemporaryFolder folder_;
};

TEST_F(Niqe, IsWhatAnotherImplementationFinds) {
  const NiqeModel model = read_niqe_model(parameters());
  for (const double noise : {0.0, 0.02, 0.1}) {
    const RgbImageF picture = textured(413, 310, noise);  // whole blocks cover 384x288 of it
    const std::optional<double> value = niqe(picture.view(), model);
    ASSERT_TRUE(value);
    EXPECT_NEAR(*value, expected(picture), 1e-3) << "noise " << noise;
  }
}

TEST_F(Niqe, BlocksWithoutTextureDoNotSpoilTheRest) {
  const NiqeModel model = read_niqe_model(parameters());
  RgbImageF picture = textured(384, 288, 0.03);
  for (int y = 0; y < 110; ++y) {
    std::fill_n(picture.samples.begin() + std::ptrdiff_t{3} * y * picture.width, 3 * 120, 0.5F);
  }
  const std::optional<double> value = niqe(picture.view(), model);
  ASSERT_TRUE(value);
  EXPECT_NEAR(*value, expected(picture), 1e-3);
}

TEST_F(Niqe, SmallAndFlatPicturesHaveNoValue) {
  const NiqeModel model = read_niqe_model(parameters());
  EXPECT_FALSE(niqe(textured(191, 191, 0.03).view(), model));
  EXPECT_FALSE(niqe(RgbImageF(300, 300).view(), model));
}

TEST_F(Niqe, ParametersAreReadInEitherOrder) {
  const NiqeModel model = read_niqe_model(parameters());
  EXPECT_EQ(model.mean.size(), 36U);
  EXPECT_EQ(model.covariance[1], model.covariance[36]);
  const std::string by_rows = folder_.file("rows.npz"), by_columns = folder_.file("columns.npz");
  const ProgramResult made = run_program(
      "/usr/bin/python3 -c 'import numpy as n; a = n.arange(1296.).reshape(36, 36); m = n.zeros((1, 36)); "
      "w = n.zeros((7, 7)); n.savez(\"" +
      by_rows + "\", mu_pris_param=m, cov_pris_param=a, gaussian_window=w); n.savez(\"" + by_columns +
      "\", mu_pris_param=m, cov_pris_param=n.asfortranarray(a), gaussian_window=w)'");
  ASSERT_EQ(made.exit_code, 0) << made.output;
  EXPECT_EQ(read_niqe_model(by_rows).covariance[37], 37);
  EXPECT_EQ(read_niqe_model(by_rows).covariance, read_niqe_model(by_columns).covariance);
}

TEST_F(Niqe, RefusesOtherFilesAndEveryShortenedOne) {
  std::ifstream file(parameters(), std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(file)), {});
  const std::string broken = folder_.file("broken.npz");
  EXPECT_THROW(read_niqe_model(folder_.file("none.npz")), Error);
  EXPECT_THROW(read_niqe_model(folder_.path()), Error);
  for (std::size_t length = 0; length < whole.size(); length += 97) {
    std::ofstream(broken, std::ios::binary) << whole.substr(0, length);
    EXPECT_THROW(read_niqe_model(broken), Error) << length;
  }
  // Damage anywhere is either harmless or refused, never a crash; the sanitizers look on.
  for (std::size_t at = 0; at < whole.size(); at += 11) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0xFF);
    std::ofstream(broken, std::ios::binary) << changed;
    try {
      read_niqe_model(broken);
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kModelRejected);
    }
  }
}

}  // namespace
}  // namespace reelface
