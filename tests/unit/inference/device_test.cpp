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
