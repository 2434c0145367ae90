// SPDX-License-Identifier: Apache-2.0
#include "reelface/inference/device.h"

#include <algorithm>

#include "inference/device_kinds.h"
#include "inference/engine/network_library.h"
#include "reelface/core/error.h"

namespace reelface {

std::vector<DeviceInfo> list_devices() {
  return network_library().list_devices();
}

std::string resolve_device(const std::string& wanted) {
  if (wanted == "cpu" || (wanted == "auto" && !may_have_cuda())) return "cpu";
  return network_library().resolve_device(wanted);
}

void check_one_kind(const std::vector<std::string>& names, const std::vector<DeviceInfo>& devices) {
  const auto info_of = [&](const std::string& name) {
    const auto found =
        std::find_if(devices.begin(), devices.end(), [&](const DeviceInfo& info) { return info.name == name; });
    return found == devices.end() ? DeviceInfo{name, "unknown", 0} : *found;
  };
  const DeviceInfo first = info_of(names.front());
  for (const std::string& name : names) {
    const DeviceInfo other = info_of(name);
    if (other.description == first.description) continue;
    throw Error(ExitCode::kUsage,
                first.name + " is " + printable(first.description) + ", " + other.name + " is " +
                    printable(other.description) + ": two kinds do not paint the same pixels",
                "name devices of one kind: which of them restores a face is left to chance");
  }
}

std::vector<std::string> resolve_devices(const std::string& wanted) {
  std::vector<std::string> devices;
  if (wanted == "cuda:all") {
    for (const DeviceInfo& device : list_devices()) {
      if (device.name != "cpu") devices.push_back(resolve_device(device.name));
    }
    if (devices.empty()) resolve_device("cuda");  // says that there is none
  } else {
    std::size_t start = 0;
    for (std::size_t comma = 0; comma != std::string::npos; start = comma + 1) {
      comma = wanted.find(',', start);
      devices.push_back(resolve_device(wanted.substr(start, comma == std::string::npos ? comma : comma - start)));
    }
  }
  const bool are_all_one =
      std::count(devices.begin(), devices.end(), devices.front()) == std::ptrdiff_t(devices.size());
  if (!are_all_one) check_one_kind(devices, list_devices());
  return devices;
}

std::string why_no_graphics_card() {
  if (!is_built_for_graphics_cards()) return "this build is for processors only";
  if (!may_have_cuda()) return "there is no NVIDIA driver (libcuda.so.1)";
  return network_library().why_no_card();
}

bool is_built_for_graphics_cards() {
  return built_with_cuda();
}

bool libtorch_is_open() {
  return network_library_is_open();
}

}  // namespace reelface
