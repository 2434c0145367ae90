#include "networks/engine/window_restorer.h"

#include <ATen/Parallel.h>

#include "networks/engine/guarded_call.h"
#include "networks/engine/placement_name.h"

namespace reelface {
namespace {

/// One row of 2x2 squares of one crop into a row of the network's input: channel (colour * 4 + 2 * row + column) after
/// those of the crops before it.
void unshuffle_row(const RgbViewF& crop, std::int64_t row, std::int64_t channels, float* to) {
  const float* upper = crop.samples + 2 * row * crop.row_stride;
  const float* lower = upper + crop.row_stride;
  for (int column = 0; column < crop.width / 2; ++column, upper += 6, lower += 6, to += channels) {
    for (int colour = 0; colour < 3; ++colour) {
      to[4 * colour] = 2 * upper[colour] - 1;
      to[4 * colour + 1] = 2 * upper[colour + 3] - 1;
      to[4 * colour + 2] = 2 * lower[colour] - 1;
      to[4 * colour + 3] = 2 * lower[colour + 3] - 1;
    }
  }
}

void unshuffle(const CropWindow& window, float* to) {
  const std::int64_t side = window.front().width / 2;
  const auto channels = static_cast<std::int64_t>(12 * window.size());
  at::parallel_for(0, side, 16, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t row = begin; row < end; ++row) {
      for (std::size_t crop = 0; crop < window.size(); ++crop) {
        unshuffle_row(window[crop], row, channels, to + row * side * channels + 12 * static_cast<std::int64_t>(crop));
      }
    }
  });
}

/// The network speaks of -1..1, so half of its correction belongs to 0..1.
void add_correction(const RgbViewF& middle, const float* correction, RgbImageF& restored) {
  const std::int64_t side = middle.width / 2;
  at::parallel_for(0, side, 16, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t row = begin; row < end; ++row) {
      const float* square = correction + row * side * 12;
      for (int y = 0; y < 2; ++y) {
        const float* from = middle.samples + (2 * row + y) * middle.row_stride;
        float* to = restored.samples.data() + (2 * row + y) * 3 * middle.width;
        for (std::int64_t x = 0; x < 2 * side; ++x) {
          const float* change = square + (x / 2) * 12 + 2 * y + x % 2;
          for (int colour = 0; colour < 3; ++colour) to[3 * x + colour] = from[3 * x + colour] + change[4 * colour] / 2;
        }
      }
    }
  });
}

}  // namespace

WindowRestorer::WindowRestorer(const Checkpoint& checkpoint, const Placement& placement)
    : shape_(infer_window_shape(checkpoint)),
      placement_(placement),
      network_(guarded_call([&] { return WindowNetwork(checkpoint, shape_, placement); })),
      run_([this](const at::Tensor& input) { return network_.correction(input); }) {}

std::string WindowRestorer::description() const {
  return "window network, " + std::to_string(shape_.frames) + " crops of " + std::to_string(shape_.crop_size) +
         " px, " + placement_name(placement_);
}

std::int64_t WindowRestorer::bytes_per_crop() const {
  // At half the size: the crops beside each other, and the first level's features a few times over.
  const std::int64_t pixels = std::int64_t{shape_.crop_size} * shape_.crop_size / 4;
  return pixels * (24 * shape_.frames + 6 * shape_.channels.front()) * std::int64_t{sizeof(float)};
}

void WindowRestorer::restore(const CropWindow* windows, int count, RgbImageF* restored) const {
  guarded_call([&] {
    const std::int64_t side = shape_.crop_size / 2;
    at::Tensor input = at::empty({count, side, side, 12 * shape_.frames}, at::kFloat);
    const std::int64_t stride = input.stride(0);
    for (int i = 0; i < count; ++i) unshuffle(windows[i], input.data_ptr<float>() + i * stride);
    input = input.permute({0, 3, 1, 2}).to(placement_.device, placement_.type);
    const at::Tensor correction = run_(input).to(at::kCPU, at::kFloat).contiguous(at::MemoryFormat::ChannelsLast);
    for (int i = 0; i < count; ++i) {
      const RgbViewF& middle = windows[i][windows[i].size() / 2];
      add_correction(middle, correction.data_ptr<float>() + i * correction.stride(0), restored[i]);
    }
  });
}

}  // namespace reelface
