// SPDX-License-Identifier: Apache-2.0
#include "reelface/inference/device.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "inference/device_kinds.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

TEST(Devices, TheProcessorIsAlwaysThereAndFirst) {
  const auto devices = list_devices();
  ASSERT_FALSE(devices.empty());
  EXPECT_EQ(devices[0].name, "cpu");
  EXPECT_FALSE(devices[0].description.empty());
  EXPECT_GT(devices[0].memory_bytes, std::int64_t{64} << 20);
}

TEST(Devices, AListedNameResolvesToItselfIfItCanBeUsed) {
  for (const DeviceInfo& device : list_devices()) {
    try {
      EXPECT_EQ(resolve_device(device.name), device.name);
    } catch (const Error& error) {
      EXPECT_NE(device.name, "cpu");
      EXPECT_NE(std::string(error.what()).find("cannot be used"), std::string::npos) << error.what();
    }
  }
}

TEST(Devices, AutoIsOneOfThoseListed) {
  const auto devices = list_devices();
  const std::string chosen = resolve_device("auto");
  EXPECT_TRUE(std::any_of(devices.begin(), devices.end(), [&](const auto& info) { return info.name == chosen; }));
}

/// What check_one_kind() says of cards; empty if nothing.
std::string told_of(const std::vector<std::string>& names, const std::vector<DeviceInfo>& devices) {
  try {
    check_one_kind(names, devices);
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
    EXPECT_FALSE(error.advice().empty());
    return error.what();
  }
  return {};
}

TEST(Devices, SeveralMustBeOfOneKind) {
  const std::vector<DeviceInfo> devices = {{"cpu", "Some processor", 64},
                                           {"cuda:0", "NVIDIA A10, compute capability 8.6", 24},
                                           {"cuda:1", "NVIDIA L4, compute capability 8.9", 24},
                                           {"cuda:2", "NVIDIA A10, compute capability 8.6", 48}};
  EXPECT_EQ(told_of({"cuda:0", "cuda:2", "cuda:0"}, devices), "") << "memory makes no kind";
  EXPECT_EQ(
      told_of({"cuda:0", "cuda:2", "cuda:1"}, devices),
      "cuda:0 is NVIDIA A10, compute capability 8.6, cuda:1 is NVIDIA L4, compute capability 8.9: two kinds do not "
      "paint the same pixels");
  EXPECT_NE(told_of({"cpu", "cuda:0"}, devices).find("cpu is Some processor"), std::string::npos);
}

TEST(Devices, ThereIsACardOrAReasonWhyNot) {
  EXPECT_EQ(why_no_graphics_card().empty(), resolve_device("auto") != "cpu");
  if (!is_built_for_graphics_cards()) {
    EXPECT_EQ(list_devices().size(), 1U);
  }
}

TEST(Devices, SeveralAreSeparatedByCommas) {
  EXPECT_EQ(resolve_devices("cpu"), std::vector<std::string>{"cpu"});
  EXPECT_EQ(resolve_devices("cpu,cpu"), (std::vector<std::string>{"cpu", "cpu"}));
  for (const char* name : {"cpu,", ",cpu", "cpu,gpu", "cpu;cpu", ""})
    EXPECT_THROW(resolve_devices(name), Error) << name;
  const std::size_t cuda_devices = list_devices().size() - 1;
  if (cuda_devices == 0) {
    EXPECT_THROW(resolve_devices("cuda:all"), Error);
  } else {
    EXPECT_EQ(resolve_devices("cuda:all").size(), cuda_devices);
    EXPECT_THROW(resolve_devices("cpu,cuda:0"), Error);
  }
}

TEST(Devices, RefusesWhatIsNotThere) {
  for (const char* name : {"gpu", "", "cuda:", "cuda:x", "cuda:-1", "cuda:999", "cuda:99999999999", "CPU"}) {
    try {
      resolve_device(name);
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kUsage) << name;
      EXPECT_FALSE(error.advice().empty());
    }
  }
}

}  // namespace
}  // namespace reelface
