#include "inference/engine/batching_enhancer.h"

#include <algorithm>
#include <optional>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {

BatchingEnhancer::BatchingEnhancer(std::unique_ptr<CropNetwork> network, int batch, MakeNetwork make_fallback)
    : network_(std::move(network)), batch_(std::max(1, batch)), make_fallback_(std::move(make_fallback)) {}

std::string BatchingEnhancer::description() const {
  return network_->description() + ", " + std::to_string(batch_) + " at a time";
}

void BatchingEnhancer::check(const CropWindow& window) const {
  if (static_cast<int>(window.size()) != window_length()) {
    throw Error(ExitCode::kInternal, "a window of " + std::to_string(window.size()) + " crops for a network that takes " +
                                         std::to_string(window_length()));
  }
  for (const RgbViewF& crop : window) {
    if (crop.width == crop_size() && crop.height == crop_size() && crop.samples != nullptr) continue;
    throw Error(ExitCode::kInternal, "a crop of " + std::to_string(crop.width) + "x" + std::to_string(crop.height) +
                                         " for a network that takes " + std::to_string(crop_size()));
  }
}

std::vector<RgbImageF> BatchingEnhancer::enhance(const std::vector<CropWindow>& windows) {
  for (const CropWindow& window : windows) check(window);
  std::vector<RgbImageF> restored(windows.size(), RgbImageF(crop_size(), crop_size()));
  std::size_t done = 0;
  while (done < windows.size()) {
    const int count = static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(batch_), windows.size() - done));
    // What was allocated for the batch is only given back when the exception is gone, so the next try starts outside.
    std::optional<std::string> failure;
    try {
      restore_batch(&windows[done], count, &restored[done]);
    } catch (const DeviceOutOfMemory& error) {
      failure = error.what();
    }
    if (failure) back_off(*failure);
    else done += static_cast<std::size_t>(count);
  }
  return restored;
}

void BatchingEnhancer::restore_batch(const CropWindow* windows, int count, RgbImageF* restored) {
  if (count == batch_) {
    network_->restore(windows, count, restored);
    return;
  }
  std::vector<CropWindow> full(windows, windows + count);
  full.resize(static_cast<std::size_t>(batch_), windows[count - 1]);
  std::vector<RgbImageF> results(full.size(), RgbImageF(crop_size(), crop_size()));
  network_->restore(full.data(), batch_, results.data());
  std::move(results.begin(), results.begin() + count, restored);
}

void BatchingEnhancer::back_off(const std::string& reason) {
  if (batch_ > 1) {
    batch_ /= 2;
    log_warning("out of memory while restoring; going on with " + std::to_string(batch_) + " faces at a time");
    return;
  }
  if (!make_fallback_) {
    throw Error(ExitCode::kOutOfMemory, "not enough memory to restore a single face: " + printable(reason),
                "close other programs or choose a smaller model, for example --model faithful");
  }
  log_warning("the device has not enough memory to restore a single face; going on on the CPU");
  network_.reset();
  network_ = make_fallback_();
  make_fallback_ = nullptr;
}

}  // namespace reelface
