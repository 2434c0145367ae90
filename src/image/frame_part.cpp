// SPDX-License-Identifier: Apache-2.0
#include "image/frame_part.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

namespace reelface {
namespace {

/// How many samples of luma one of this plane stands for, as a power of two each way, and how far apart its samples
/// are.
struct PlaneGrid {
  int shift_x = 0, shift_y = 0, step = 1;
};

PlaneGrid grid_of(const PixelLayout& layout, int plane) {
  PlaneGrid grid;
  for (int component = 0; component < layout.component_count; ++component) {
    const ComponentLayout& where = layout.components[static_cast<std::size_t>(component)];
    if (where.plane != plane) continue;
    const bool is_chroma = layout.family == ColourFamily::kYuv && (component == 1 || component == 2);
    grid.shift_x = is_chroma ? layout.chroma_shift_x : 0;
    grid.shift_y = is_chroma ? layout.chroma_shift_y : 0;
    grid.step = where.step;
    break;
  }
  return grid;
}

Plane part_of_plane(const Frame& whole, const PictureArea& place, int index) {
  const PlaneGrid grid = grid_of(whole.facts().layout, index);
  Plane plane = whole.plane(index);
  plane.data += (place.y >> grid.shift_y) * plane.stride + std::ptrdiff_t{place.x >> grid.shift_x} * grid.step;
  plane.width = (place.width + (1 << grid.shift_x) - 1) >> grid.shift_x;
  plane.height = (place.height + (1 << grid.shift_y) - 1) >> grid.shift_y;
  return plane;
}

FrameFacts facts_of_part(const Frame& frame, const PictureArea& area) {
  FrameFacts facts = frame.facts();
  facts.width = area.width;
  facts.height = area.height;
  facts.fitted.reset();
  return facts;
}

class PartStorage : public FrameStorage {
 public:
  PartStorage(Frame whole, const PictureArea& place) : whole_(std::move(whole)), place_(place) {}

  Plane plane(int index) const override { return part_of_plane(whole_, place_, index); }
  void make_writable() override { whole_.make_writable(); }
  std::unique_ptr<FrameStorage> share() const override { return std::make_unique<PartStorage>(whole_.share(), place_); }

 private:
  Frame whole_;
  PictureArea place_;
};

/// Of a frame that somebody else owns.
class BorrowedPart : public FrameStorage {
 public:
  BorrowedPart(Frame& whole, const PictureArea& place) : whole_(whole), place_(place) {}

  Plane plane(int index) const override { return part_of_plane(whole_, place_, index); }
  void make_writable() override { whole_.make_writable(); }
  std::unique_ptr<FrameStorage> share() const override { return std::make_unique<PartStorage>(whole_.share(), place_); }

 private:
  Frame& whole_;
  PictureArea place_;
};

/// Begins where every plane has a sample.
int begin_of(int length, int part) {
  constexpr int kCoarsest = 8;
  return (length - part) / 2 / kCoarsest * kCoarsest;
}

}  // namespace

Frame frame_part(const Frame& frame, const PictureArea& area) {
  return Frame(facts_of_part(frame, area), std::make_unique<PartStorage>(frame.share(), area));
}

void change_part(Frame& frame, const PictureArea& area, const std::function<void(Frame&)>& change) {
  Frame part(facts_of_part(frame, area), std::make_unique<BorrowedPart>(frame, area));
  change(part);
}

Frame middle_part(const Frame& frame, int most_width, int most_height) {
  const FrameFacts& facts = frame.facts();
  const int width = std::min(facts.width, most_width), height = std::min(facts.height, most_height);
  return frame_part(frame, {begin_of(facts.width, width), begin_of(facts.height, height), width, height});
}

}  // namespace reelface
