#include "reelface/inference/device.h"

#include <algorithm>

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

std::vector<std::string> resolve_devices(const std::string& wanted) {
  std::vector<std::string> devices;
  if (wanted == "cuda:all") {
    for (const DeviceInfo& device : list_devices()) {
      if (device.name != "cpu") devices.push_back(device.name);
    }
    if (devices.empty()) resolve_device("cuda");  // says that there is none
    return devices;
  }
  std::size_t start = 0;
  for (std::size_t comma = 0; comma != std::string::npos; start = comma + 1) {
    comma = wanted.find(',', start);
    devices.push_back(resolve_device(wanted.substr(start, comma == std::string::npos ? comma : comma - start)));
  }
  const bool has_cpu = std::count(devices.begin(), devices.end(), "cpu") > 0;
  if (has_cpu && std::count(devices.begin(), devices.end(), "cpu") < static_cast<std::ptrdiff_t>(devices.size())) {
    throw Error(ExitCode::kUsage, "the processor and a graphics card do not paint the same pixels",
                "name devices of one kind: which of them restores a face is left to chance");
  }
  return devices;
}

std::string why_no_graphics_card() {
  if (!is_built_for_graphics_cards()) return "this build is for processors only";
  if (!may_have_cuda()) return "there is no NVIDIA driver (libcuda.so.1)";
  return list_devices().size() > 1 ? "" : "the NVIDIA driver sees no card that this LibTorch can use";
}

bool is_built_for_graphics_cards() {
  return built_with_cuda();
}

bool libtorch_is_open() {
  return network_library_is_open();
}

}  // namespace reelface
