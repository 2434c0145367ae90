// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/card_check.h"

#include <gtest/gtest.h>

#include <map>
#include <stdexcept>

#include "reelface/core/error.h"

namespace reelface {
namespace {

/// Cards of which some fail, each in its own words.
class CardCheck : public ::testing::Test {
 protected:
  CardCheck() {
    calls_.count = [this] { return count_; };
    calls_.description = [](int index) { return "Card " + std::to_string(index) + ", compute capability 5.0"; };
    calls_.convolve = [this](int index) {
      ++tried_[index];
      const auto problem = problems_.find(index);
      if (problem != problems_.end()) throw std::runtime_error(problem->second);
    };
    calls_.driver_version = 12040;
    calls_.runtime_version = 12040;
  }

  std::string refusal(const std::string& wanted) const {
    try {
      return "taken as " + resolve_device_among(calls_, wanted);
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
      EXPECT_FALSE(error.advice().empty());
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << "one line";
      return error.what();
    }
  }

  int count_ = 1;
  std::map<int, std::string> problems_;
  std::map<int, int> tried_;
  CardCalls calls_;
};

TEST_F(CardCheck, ACardThatConvolvesIsUsed) {
  EXPECT_EQ(resolve_device_among(calls_, "auto"), "cuda:0");
  EXPECT_EQ(resolve_device_among(calls_, "cuda"), "cuda:0");
  EXPECT_EQ(tried_[0], 2);
  EXPECT_EQ(why_no_card_is_usable(calls_), "");
}

TEST_F(CardCheck, OneThatIsBusyLeavesTheWorkToTheProcessor) {
  problems_[0] = "CUDA error: all CUDA-capable devices are busy or unavailable\nCUDA kernel errors might be reported";
  const std::string why =
      "a convolution on it fails (CUDA error: all CUDA-capable devices are busy or unavailable); the driver is for "
      "CUDA "
      "12.4, LibTorch is made for CUDA 12.4";
  EXPECT_EQ(resolve_device_among(calls_, "auto"), "cpu");
  EXPECT_EQ(why_no_card_is_usable(calls_), "cuda:0: " + why);
  EXPECT_EQ(refusal("cuda"), "device 'cuda' cannot be used: " + why);
  EXPECT_EQ(refusal("cuda:0"), "device 'cuda:0' cannot be used: " + why);
  EXPECT_EQ(resolve_device_among(calls_, "cpu"), "cpu");
}

TEST_F(CardCheck, OneThatTheBuildHasNoKernelsForIsNamed) {
  problems_[0] = "CUDA error: no kernel image is available for execution on the device";
  EXPECT_EQ(refusal("cuda"),
            "device 'cuda' cannot be used: LibTorch is not built for this card (Card 0, compute capability 5.0)");
}

TEST_F(CardCheck, ADriverThatIsTooOldIsNamedWithBothVersions) {
  problems_[0] = "The NVIDIA driver on your system is too old (found version 11080)";
  calls_.driver_version = 11080;
  calls_.runtime_version = 13000;
  const std::string why =
      "the NVIDIA driver is for CUDA 11.8, LibTorch is made for CUDA 13.0; a newer driver is needed";
  EXPECT_EQ(why_no_card_is_usable(calls_), "cuda:0: " + why);
  count_ = 0;  // as LibTorch says then
  EXPECT_EQ(why_no_card_is_usable(calls_), why);
  EXPECT_EQ(refusal("cuda"), "device 'cuda' is not there: this LibTorch sees 0 CUDA devices (" + why + ")");
  calls_.driver_version = 0;
  EXPECT_EQ(why_no_card_is_usable(calls_), "there is no NVIDIA driver that works");
}

TEST_F(CardCheck, AnOlderDriverThatWorksIsTaken) {
  calls_.driver_version = 11080;  // with what NVIDIA has for compatibility
  EXPECT_EQ(resolve_device_among(calls_, "auto"), "cuda:0");
}

TEST_F(CardCheck, AutoTakesTheFirstThatCanBeUsed) {
  count_ = 3;
  problems_[0] = "busy";
  EXPECT_EQ(resolve_device_among(calls_, "auto"), "cuda:1");
  EXPECT_EQ(why_no_card_is_usable(calls_), "");
  problems_[1] = problems_[2] = "gone";
  EXPECT_EQ(resolve_device_among(calls_, "auto"), "cpu");
}

TEST_F(CardCheck, WithoutCardsNothingIsTried) {
  count_ = 0;
  EXPECT_EQ(resolve_device_among(calls_, "auto"), "cpu");
  EXPECT_NE(why_no_card_is_usable(calls_), "");
  EXPECT_EQ(refusal("cuda:1"), "device 'cuda:1' is not there: this LibTorch sees 0 CUDA devices");
  EXPECT_TRUE(tried_.empty());
}

}  // namespace
}  // namespace reelface
