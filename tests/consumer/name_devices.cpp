// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "reelface/inference/device.h"

int main() {
  for (const reelface::DeviceInfo& device : reelface::list_devices()) std::cout << device.name << "\n";
}
