#include "networks/engine/window_restorer.h"

#include <ATen/Parallel.h>

#include "inference/layers/window_layers.h"
#include "inference/native/enlarged_squares.h"
#include "inference/native/window_squares.h"
#include "networks/engine/guarded_call.h"
#include "networks/engine/placement_name.h"

namespace reelface {
namespace {

/// `work(row)` for all rows of squares, side by side.
template <class Work>
void for_each_row(std::int64_t rows, const Work& work) {
  at::parallel_for(0, rows, 16, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t row = begin; row < end; ++row) work(static_cast<int>(row));
  });
}

}  // namespace

WindowRestorer::WindowRestorer(const Checkpoint& checkpoint, const Placement& placement)
    : shape_(infer_window_shape(checkpoint)),
      placement_(placement),
      network_(guarded_call([&] {
        const std::int64_t side = shape_.crop_size / 2;
        return TorchNetwork(checkpoint, describe_window_network(shape_), {side, side}, placement);
      })),
      run_([this](const at::Tensor& input) { return network_.run(input).front(); }),
      run_both_([this](const at::Tensor& input) { return at::cat(network_.run(input), 1); }) {}

std::string WindowRestorer::description() const {
  return "window network, " + std::to_string(shape_.frames) + " crops of " + std::to_string(shape_.crop_size) +
         " px, " + placement_name(placement_);
}

std::int64_t WindowRestorer::bytes_per_crop() const {
  // At half the size: the crops beside each other, and the first level's features a few times over.
  const std::int64_t pixels = std::int64_t{shape_.crop_size} * shape_.crop_size / 4;
  return pixels * (std::int64_t{24} * shape_.frames + std::int64_t{6} * shape_.channels.front()) *
         std::int64_t{sizeof(float)};
}

std::int64_t WindowRestorer::largest_tensor_of_crop() const {
  const int side = shape_.crop_size / 2;
  return largest_map(describe_window_network(shape_), side, side);
}

at::Tensor WindowRestorer::input_of(const CropWindow* windows, int count) const {
  const int channels = 12 * shape_.frames;
  const std::int64_t height = windows[0].front().height / 2, width = windows[0].front().width / 2;
  at::Tensor input = at::empty({count, height, width, channels}, at::kFloat);
  for (int i = 0; i < count; ++i) {
    float* squares = input.data_ptr<float>() + i * input.stride(0);
    for_each_row(height, [&](int row) { take_squares(windows[i], row, channels, squares + row * width * channels); });
  }
  return input.permute({0, 3, 1, 2}).to(placement_.device, placement_.type);
}

/// Where the pictures' own code can read it.
at::Tensor WindowRestorer::squares_of(const at::Tensor& result) const {
  return result.to(at::kCPU, at::kFloat).contiguous(at::MemoryFormat::ChannelsLast);
}

void WindowRestorer::restore(const CropWindow* windows, int count, RgbImageF* restored) const {
  guarded_call([&] {
    const at::Tensor correction = squares_of(run_(input_of(windows, count)));
    const std::int64_t width = correction.size(3);
    for (int i = 0; i < count; ++i) {
      const RgbViewF& middle = windows[i][windows[i].size() / 2];
      const float* squares = correction.data_ptr<float>() + i * correction.stride(0);
      for_each_row(correction.size(2),
                   [&](int row) { add_correction(middle, row, squares + row * width * 12, 12, restored[i]); });
    }
  });
}

void WindowRestorer::enlarge(const CropWindow* windows, int count, BothSizes* results) const {
  if (!shape_.enlarges) return CropNetwork::enlarge(windows, count, results);
  guarded_call([&] {
    constexpr int kOnce = 12, kBoth = kOnce + 48;
    const at::Tensor correction = squares_of(run_both_(input_of(windows, count)));
    const std::int64_t width = correction.size(3);
    for (int i = 0; i < count; ++i) {
      const RgbViewF& middle = windows[i][windows[i].size() / 2];
      BothSizes& result = results[i];
      result = {RgbImageF(middle.width, middle.height), RgbImageF(2 * middle.width, 2 * middle.height)};
      const float* squares = correction.data_ptr<float>() + i * correction.stride(0);
      for_each_row(correction.size(2), [&](int row) {
        const float* const changes = squares + row * width * kBoth;
        add_correction(middle, row, changes, kBoth, result.once);
        add_enlarged_correction(middle, row, changes + kOnce, kBoth, result.enlarged);
      });
    }
  });
}

}  // namespace reelface
