#include "reelface/inference/device.h"

#include "inference/network_library.h"

namespace reelface {

std::vector<DeviceInfo> list_devices() {
  return network_library().list_devices();
}

std::string resolve_device(const std::string& wanted) {
  return wanted == "cpu" ? wanted : network_library().resolve_device(wanted);
}

}  // namespace reelface
