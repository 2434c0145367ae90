// SPDX-License-Identifier: Apache-2.0
// Frames in ordinary memory: for tests, for pictures made by ourselves and for enlarged copies.
#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "reelface/core/error.h"
#include "reelface/image/frame.h"

namespace reelface {
namespace {

// Rows start on a cache line so that neighbouring rows never share one.
constexpr std::ptrdiff_t kRowAlignment = 64;
// Larger than any format in use; keeps every product below in 64 bits.
constexpr int kLargestSide = 1 << 16;

struct PlaneMemory {
  std::size_t offset = 0;
  std::ptrdiff_t stride = 0;
  int width = 0;
  int height = 0;
};

class HeapStorage final : public FrameStorage {
 public:
  HeapStorage(std::vector<PlaneMemory> planes, std::size_t bytes)
      : planes_(std::move(planes)), bytes_(std::make_shared<std::vector<std::uint8_t>>(bytes)) {}

  Plane plane(int index) const override {
    const PlaneMemory& memory = planes_.at(static_cast<std::size_t>(index));
    return {bytes_->data() + memory.offset, memory.stride, memory.width, memory.height};
  }

  void make_writable() override {
    if (bytes_.use_count() > 1) bytes_ = std::make_shared<std::vector<std::uint8_t>>(*bytes_);
  }

  std::unique_ptr<FrameStorage> share() const override { return std::make_unique<HeapStorage>(*this); }

 private:
  std::vector<PlaneMemory> planes_;
  std::shared_ptr<std::vector<std::uint8_t>> bytes_;
};

int shifted_up(int value, int shift) {
  return (value + (1 << shift) - 1) >> shift;
}

}  // namespace

Frame allocate_frame(const FrameFacts& facts) {
  const PixelLayout& layout = facts.layout;
  if (facts.width <= 0 || facts.height <= 0 || facts.width > kLargestSide || facts.height > kLargestSide ||
      layout.plane_count <= 0 || layout.component_count <= 0) {
    throw Error(ExitCode::kInternal, "cannot make a picture of " + std::to_string(facts.width) + "x" +
                                         std::to_string(facts.height) + " in layout '" + layout.name + "'");
  }
  std::vector<PlaneMemory> planes(static_cast<std::size_t>(layout.plane_count));
  for (int index = 0; index < layout.component_count; ++index) {
    const ComponentLayout& component = layout.components[static_cast<std::size_t>(index)];
    const bool is_chroma = layout.family == ColourFamily::kYuv && (index == 1 || index == 2);
    PlaneMemory& plane = planes.at(static_cast<std::size_t>(component.plane));
    const int width = is_chroma ? shifted_up(facts.width, layout.chroma_shift_x) : facts.width;
    plane.width = std::max(plane.width, width);
    plane.height = is_chroma ? shifted_up(facts.height, layout.chroma_shift_y) : facts.height;
    plane.stride = std::max(plane.stride, std::ptrdiff_t{component.step} * width);
  }
  std::size_t bytes = 0;
  for (PlaneMemory& plane : planes) {
    plane.stride = (plane.stride + kRowAlignment - 1) / kRowAlignment * kRowAlignment;
    plane.offset = bytes;
    bytes += static_cast<std::size_t>(plane.stride) * static_cast<std::size_t>(plane.height);
  }
  return Frame(facts, std::make_unique<HeapStorage>(std::move(planes), bytes));
}

}  // namespace reelface
