#include "inference/native/window_restorer_cpu.h"

#include <new>
#include <utility>

#include "core/instruction_set.h"
#include "inference/layers/window_layers.h"
#include "inference/native/window_squares.h"

namespace reelface {
namespace {

/// The way to twice the size costs time, and nobody asks for it here.
NetworkDescription describe_at_one_size(WindowShape shape) {
  shape.enlarges = false;
  return describe_window_network(shape);
}

}  // namespace

WindowRestorerCpu::WindowRestorerCpu(const Checkpoint& checkpoint)
    : shape_(infer_window_shape(checkpoint)),
      description_(describe_at_one_size(shape_)),
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

void WindowRestorerCpu::restore(const CropWindow& window, Workspace& workspace, RgbImageF& restored) const {
  FeatureMap& squares = workspace.maps.front();
  for (int y = 0; y < squares.height; ++y) take_squares(window, y, squares.channels, squares.row(y));
  network_.run(workspace);
  const FeatureMap& correction = workspace.maps[static_cast<std::size_t>(description_.outputs.front())];
  for (int y = 0; y < correction.height; ++y)
    add_correction(window[window.size() / 2], y, correction.row(y), correction.channels, restored);
}

void WindowRestorerCpu::restore(const CropWindow* windows, int count, RgbImageF* restored) const {
  try {
    const RgbViewF& picture = windows[0].front();
    Workspace workspace = borrow(picture.height / 2, picture.width / 2);
    for (int i = 0; i < count; ++i) restore(windows[i], workspace, restored[i]);
    give_back(std::move(workspace));
  } catch (const std::bad_alloc&) {
    throw DeviceOutOfMemory("not even for one crop");
  }
}

}  // namespace reelface
