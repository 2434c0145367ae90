// SPDX-License-Identifier: Apache-2.0
#include "inference/engine/redoing_network.h"

#include <utility>

#include "core/finite.h"
#include "reelface/core/log.h"

namespace reelface {

RedoingNetwork::RedoingNetwork(std::unique_ptr<const CropNetwork> fast, MakeNetwork make_exact)
    : fast_(std::move(fast)), make_exact_(std::move(make_exact)) {}

std::unique_ptr<CropNetwork> RedoingNetwork::another_lane() const {
  std::unique_ptr<CropNetwork> lane = fast_->another_lane();
  if (!lane) return nullptr;
  return std::make_unique<RedoingNetwork>(std::move(lane), make_exact_);
}

const CropNetwork& RedoingNetwork::exact() const {
  const std::lock_guard lock(making_);
  if (!exact_) {
    log_warning("numbers in a picture pass the range of " + fast_->description() +
                "; it is restored in fp32, and so are others like it");
    exact_ = make_exact_();
  }
  return *exact_;
}

template <class Work>
void RedoingNetwork::with_exact(const Work& work) const {
  try {
    work(exact());
  } catch (const DeviceOutOfMemory& error) {
    log_debug(std::string("no memory to restore a picture in fp32: ") + error.what());
  }
}

void RedoingNetwork::restore(const CropWindow* windows, int count, RgbImageF* restored) const {
  fast_->restore(windows, count, restored);
  for (int i = 0; i < count; ++i) {
    if (all_finite(restored[i].samples)) continue;
    with_exact([&](const CropNetwork& network) { network.restore(&windows[i], 1, &restored[i]); });
  }
}

void RedoingNetwork::enlarge(const CropWindow* windows, int count, BothSizes* results) const {
  fast_->enlarge(windows, count, results);
  for (int i = 0; i < count; ++i) {
    if (all_finite(results[i].once.samples) && all_finite(results[i].enlarged.samples)) continue;
    with_exact([&](const CropNetwork& network) { network.enlarge(&windows[i], 1, &results[i]); });
  }
}

}  // namespace reelface
