// SPDX-License-Identifier: Apache-2.0
#include "inference/native/window_restorer_cpu.h"

#include <new>
#include <utility>

#include "core/instruction_set.h"
#include "inference/layers/window_layers.h"
#include "inference/native/enlarged_squares.h"
#include "inference/native/window_squares.h"

namespace reelface {
WindowRestorerCpu::WindowRestorerCpu(const Checkpoint& checkpoint)
    : shape_(infer_window_shape(checkpoint)),
      description_(describe_window_network(shape_)),
      network_(checkpoint, description_, shape_.crop_size / 2, shape_.crop_size / 2) {}

std::string WindowRestorerCpu::description() const {
  return "window network, " + std::to_string(shape_.frames) + " crops of " + std::to_string(shape_.crop_size) +
         " px, fp32 on cpu (" + instruction_set_name() + ")";
}

std::int64_t WindowRestorerCpu::bytes_per_crop() const {
  // At half the size: the crops beside each other, and each level's features twice, a third more for the smaller ones.
  const std::int64_t pixels = std::int64_t{shape_.crop_size} * shape_.crop_size / 4;
  return pixels * (std::int64_t{16} * shape_.frames + std::int64_t{4} * shape_.channels.front()) *
         std::int64_t{sizeof(float)};
}

WindowRestorerCpu::Workspace WindowRestorerCpu::borrow(int height, int width) const {
  {
    const std::lock_guard lock(mutex_);
    while (!idle_.empty()) {
      Workspace workspace = std::move(idle_.back());
      idle_.pop_back();
      const FeatureMap& input = workspace.maps.front();
      if (input.height == height && input.width == width) return workspace;
    }
  }
  return network_.make_workspace(height, width);
}

void WindowRestorerCpu::give_back(Workspace workspace) const {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(workspace));
}

void WindowRestorerCpu::run(const CropWindow& window, Workspace& workspace, std::size_t outputs) const {
  FeatureMap& squares = workspace.maps.front();
  for (int y = 0; y < squares.height; ++y) take_squares(window, y, squares.channels, squares.row(y));
  network_.run(workspace, outputs);
}

void WindowRestorerCpu::take_restored(const CropWindow& window, const Workspace& workspace, RgbImageF& restored) const {
  const FeatureMap& correction = workspace.maps[static_cast<std::size_t>(description_.outputs.front())];
  for (int y = 0; y < correction.height; ++y)
    add_correction(window[window.size() / 2], y, correction.row(y), correction.channels, restored);
}

template <class Work>
void WindowRestorerCpu::for_each_window(const CropWindow* windows, int count, const Work& work) const {
  try {
    const RgbViewF& picture = windows[0].front();
    Workspace workspace = borrow(picture.height / 2, picture.width / 2);
    for (int i = 0; i < count; ++i) work(i, workspace);
    give_back(std::move(workspace));
  } catch (const std::bad_alloc&) {
    throw DeviceOutOfMemory("not even for one crop");
  }
}

void WindowRestorerCpu::restore(const CropWindow* windows, int count, RgbImageF* restored) const {
  for_each_window(windows, count, [&](int i, Workspace& workspace) {
    run(windows[i], workspace, 1);
    take_restored(windows[i], workspace, restored[i]);
  });
}

void WindowRestorerCpu::enlarge(const CropWindow* windows, int count, BothSizes* results) const {
  if (!shape_.enlarges) return CropNetwork::enlarge(windows, count, results);
  for_each_window(windows, count, [&](int i, Workspace& workspace) {
    const RgbViewF& middle = windows[i][windows[i].size() / 2];
    run(windows[i], workspace, 2);
    results[i] = {RgbImageF(middle.width, middle.height), RgbImageF(2 * middle.width, 2 * middle.height)};
    take_restored(windows[i], workspace, results[i].once);
    const FeatureMap& correction = workspace.maps[static_cast<std::size_t>(description_.outputs.back())];
    for (int y = 0; y < correction.height; ++y)
      add_enlarged_correction(middle, y, correction.row(y), correction.channels, results[i].enlarged);
  });
}

}  // namespace reelface
