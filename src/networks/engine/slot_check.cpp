// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/slot_check.h"

#include <algorithm>
#include <vector>

#include "networks/engine/precision_choice.h"

namespace reelface {

bool same_bits_in_every_slot(const CropNetwork& network, int batch) {
  const int size = network.crop_size(), length = network.traits().window;
  const std::vector<RgbImageF> crops = test_crops(size, length + batch);
  const auto window_from = [&](int first) {
    CropWindow window;
    for (int i = 0; i < length; ++i)
      window.push_back(crops[static_cast<std::size_t>(first) + static_cast<std::size_t>(i)].view());
    return window;
  };
  std::vector<float> wanted;
  for (int slot = 0; slot < batch; ++slot) {
    std::vector<CropWindow> windows;
    windows.reserve(static_cast<std::size_t>(batch));
    for (int i = 0; i < batch; ++i) windows.push_back(window_from(i == slot ? 0 : 1 + (i + slot) % batch));
    std::vector<RgbImageF> restored(windows.size(), RgbImageF(size, size));
    network.restore(windows.data(), batch, restored.data());
    std::vector<float>& found = restored[static_cast<std::size_t>(slot)].samples;
    if (slot == 0)
      wanted = std::move(found);
    else if (found != wanted)
      return false;
  }
  return true;
}

}  // namespace reelface
