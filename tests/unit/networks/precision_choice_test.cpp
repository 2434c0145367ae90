// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/precision_choice.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "reelface/core/error.h"

namespace reelface {
namespace {

/// Gives its input back, every sample off by `offset`.
class FakeNetwork : public CropNetwork {
 public:
  FakeNetwork(std::string name, float offset) : name_(std::move(name)), offset_(offset) {}
  int crop_size() const override { return 32; }
  ModelTraits traits() const override { return {}; }
  std::string description() const override { return name_; }
  std::int64_t bytes_per_crop() const override { return 1; }
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override {
    for (int i = 0; i < count; ++i) {
      for (std::size_t k = 0; k < restored[i].samples.size(); ++k) {
        restored[i].samples[k] = 0.25F + windows[i][0].samples[k] / 2 + offset_;
      }
    }
  }

 private:
  std::string name_;
  float offset_;
};

/// An offset that many dB below the full scale.
float offset_at(double psnr) {
  return static_cast<float>(std::pow(10.0, -psnr / 20));
}

std::string chosen(const std::map<Precision, float>& offsets, const std::vector<Precision>& candidates) {
  const auto make = [&](Precision precision) -> std::unique_ptr<CropNetwork> {
    const auto found = offsets.find(precision);
    return std::make_unique<FakeNetwork>(name_of(precision), found == offsets.end() ? 0 : found->second);
  };
  return choose_precision(make, candidates, 3).network->description();
}

TEST(ChoosePrecision, TakesTheFirstThatIsNearEnough) {
  const std::vector<Precision> both = {Precision::kFp16, Precision::kBf16};
  EXPECT_EQ(chosen({{Precision::kFp16, offset_at(51)}, {Precision::kBf16, offset_at(60)}}, both), "fp16");
  EXPECT_EQ(chosen({{Precision::kFp16, offset_at(49)}, {Precision::kBf16, offset_at(41)}}, both), "bf16");
  EXPECT_EQ(chosen({{Precision::kFp16, offset_at(49)}, {Precision::kBf16, offset_at(39)}}, both), "fp32");
}

/// Exact but for one of its faults.
class FaultyNetwork : public FakeNetwork {
 public:
  enum class Fault { kNone, kInBatches, kInDarkFaces };
  FaultyNetwork(std::string name, Fault fault) : FakeNetwork(std::move(name), 0), fault_(fault) {}
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override {
    FakeNetwork::restore(windows, count, restored);
    for (int i = 0; i < count; ++i) {
      const float brightest =
          *std::max_element(windows[i][0].samples, windows[i][0].samples + std::ptrdiff_t{3} * 32 * 32);
      const bool has_fault =
          (fault_ == Fault::kInBatches && i == 2) || (fault_ == Fault::kInDarkFaces && brightest < 0.25F);
      for (float& sample : restored[i].samples) sample += has_fault ? 0.1F : 0;
    }
  }

 private:
  Fault fault_;
};

std::string chosen_of_faulty(FaultyNetwork::Fault fault, int batch) {
  const auto make = [&](Precision precision) -> std::unique_ptr<CropNetwork> {
    const bool is_exact = precision == Precision::kFp32;
    return std::make_unique<FaultyNetwork>(name_of(precision), is_exact ? FaultyNetwork::Fault::kNone : fault);
  };
  const LoadedNetwork loaded = choose_precision(make, {Precision::kFp16}, batch);
  EXPECT_EQ(loaded.network->description(), name_of(loaded.precision));
  return name_of(loaded.precision);
}

TEST(ChoosePrecision, LooksAtBatchesOfTheRunsSizeAndAtSeveralFaces) {
  EXPECT_EQ(chosen_of_faulty(FaultyNetwork::Fault::kNone, 8), "fp16");
  EXPECT_EQ(chosen_of_faulty(FaultyNetwork::Fault::kInBatches, 8), "fp32");
  EXPECT_EQ(chosen_of_faulty(FaultyNetwork::Fault::kInBatches, 1), "fp16") << "which never come";
  EXPECT_EQ(chosen_of_faulty(FaultyNetwork::Fault::kInDarkFaces, 1), "fp32");
}

/// Twice the size, and no other.
class EnlargingNetwork : public FakeNetwork {
 public:
  EnlargingNetwork(std::string name, float offset) : FakeNetwork(std::move(name), offset) {}
  bool only_enlarges() const override { return true; }
  void restore(const CropWindow*, int, RgbImageF*) const override {
    throw Error(ExitCode::kInternal, "it only enlarges");
  }
  void enlarge(const CropWindow* windows, int count, BothSizes* results) const override {
    for (int i = 0; i < count; ++i) {
      results[i].enlarged = RgbImageF(64, 64);
      RgbImageF once(32, 32);
      FakeNetwork::restore(&windows[i], 1, &once);
      for (std::size_t k = 0; k < results[i].enlarged.samples.size(); ++k)
        results[i].enlarged.samples[k] = once.samples[k % once.samples.size()];
    }
  }
};

TEST(ChoosePrecision, ServesNetworksThatOnlyEnlarge) {
  for (const double decibels : {60.0, 30.0}) {
    const auto make = [&](Precision precision) -> std::unique_ptr<CropNetwork> {
      const float offset = precision == Precision::kFp32 ? 0 : offset_at(decibels);
      return std::make_unique<EnlargingNetwork>(name_of(precision), offset);
    };
    EXPECT_EQ(choose_precision(make, {Precision::kFp16}, 1).network->description(), decibels > 50 ? "fp16" : "fp32");
  }
}

TEST(ChoosePrecision, WithoutCandidatesStaysExact) {
  EXPECT_EQ(chosen({}, {}), "fp32");
}

TEST(ChoosePrecision, NeverTakesOneThatYieldsNoNumbers) {
  EXPECT_EQ(chosen({{Precision::kFp16, std::numeric_limits<float>::quiet_NaN()}}, {Precision::kFp16}), "fp32");
  EXPECT_EQ(chosen({{Precision::kFp16, std::numeric_limits<float>::infinity()}}, {Precision::kFp16}), "fp32");
}

TEST(TestCrops, AreTheSameEveryTimeAndDifferFromEachOther) {
  const auto crops = test_crops(64, 3);
  EXPECT_EQ(crops[1].samples, test_crops(64, 3)[1].samples);
  EXPECT_NE(crops[0].samples, crops[1].samples);
  for (const float sample : crops[2].samples) ASSERT_TRUE(sample >= 0 && sample <= 1);
}

TEST(ParsePrecision, KnowsItsOwnNamesAndNoOthers) {
  for (const Precision precision : {Precision::kAuto, Precision::kFp32, Precision::kBf16, Precision::kFp16}) {
    EXPECT_EQ(parse_precision(name_of(precision)), precision);
  }
  EXPECT_THROW(parse_precision("fp8"), Error);
}

}  // namespace
}  // namespace reelface
