#include "reelface/inference/device.h"

#include <gtest/gtest.h>

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

TEST(Devices, EveryListedNameResolvesToItself) {
  for (const DeviceInfo& device : list_devices()) EXPECT_EQ(resolve_device(device.name), device.name);
}

TEST(Devices, AutoIsOneOfThoseListed) {
  const auto devices = list_devices();
  EXPECT_EQ(resolve_device("auto"), devices.size() > 1 ? "cuda:0" : "cpu");
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
