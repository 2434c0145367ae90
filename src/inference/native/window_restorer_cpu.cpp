#include "inference/native/window_restorer_cpu.h"

#include <new>

#include "core/instruction_set.h"

namespace reelface {

WindowRestorerCpu::WindowRestorerCpu(const Checkpoint& checkpoint)
    : shape_(infer_window_shape(checkpoint)), network_(checkpoint, shape_) {}

std::string WindowRestorerCpu::description() const {
  return "window network, " + std::to_string(shape_.frames) + " crops of " + std::to_string(shape_.crop_size) +
         " px, fp32 on cpu (" + instruction_set_name() + ")";
}

std::int64_t WindowRestorerCpu::bytes_per_crop() const {
  // At half the size: the crops beside each other, and each level's features twice, a third more for the smaller ones.
  const std::int64_t pixels = std::int64_t{shape_.crop_size} * shape_.crop_size / 4;
  return pixels * (16 * shape_.frames + 4 * shape_.channels.front()) * std::int64_t{sizeof(float)};
}

WindowRestorerCpu::Workspace WindowRestorerCpu::borrow() const {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      Workspace workspace = std::move(idle_.back());
      idle_.pop_back();
      return workspace;
    }
  }
  return network_.make_workspace();
}

void WindowRestorerCpu::give_back(Workspace workspace) const {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(workspace));
}

void WindowRestorerCpu::restore(const CropWindow* windows, int count, RgbImageF* restored) const {
  try {
    Workspace workspace = borrow();
    for (int i = 0; i < count; ++i) network_.restore(windows[i], *workspace, restored[i]);
    give_back(std::move(workspace));
  } catch (const std::bad_alloc&) {
    throw DeviceOutOfMemory("not even for one crop");
  }
}

}  // namespace reelface
