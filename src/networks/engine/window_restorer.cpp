// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/window_restorer.h"

#include <ATen/Parallel.h>

#include <utility>

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

std::shared_ptr<const TorchNetwork> make_network(const Checkpoint& checkpoint, const Placement& placement) {
  const WindowShape shape = infer_window_shape(checkpoint);
  const std::int64_t side = shape.crop_size / 2;
  return guarded_call([&] {
    return std::make_shared<const TorchNetwork>(checkpoint, describe_window_network(shape), PictureSize{side, side},
                                                placement);
  });
}

/// [n, h, w, c] in float32, as the pictures' own code reads it.
at::Tensor readable(const at::Tensor& result) {
  return result.to(at::kFloat).permute({0, 2, 3, 1}).contiguous();
}

}  // namespace

WindowRestorer::WindowRestorer(const Checkpoint& checkpoint, const Placement& placement)
    : WindowRestorer(infer_window_shape(checkpoint), placement, make_network(checkpoint, placement)) {}

WindowRestorer::WindowRestorer(const WindowShape& shape, const Placement& placement,
                               std::shared_ptr<const TorchNetwork> network)
    : shape_(shape),
      placement_(placement),
      network_(std::move(network)),
      lane_(placement.device),
      run_([this](const at::Tensor& squares) { return readable(results_of(squares).front()); }),
      run_both_([this](const at::Tensor& squares) { return readable(at::cat(results_of(squares), 1)); }) {}

std::unique_ptr<CropNetwork> WindowRestorer::another_lane() const {
  return std::unique_ptr<CropNetwork>(new WindowRestorer(shape_, placement_, network_));
}

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

/// The pictures' squares, [n, h, w, c] in float32.
at::Tensor WindowRestorer::input_of(const CropWindow* windows, int count) const {
  const int channels = 12 * shape_.frames;
  const std::int64_t height = windows[0].front().height / 2, width = windows[0].front().width / 2;
  const at::Tensor room = lane_.room({count, height, width, channels});
  for (int i = 0; i < count; ++i) {
    float* squares = room.data_ptr<float>() + i * room.stride(0);
    for_each_row(height, [&](int row) { take_squares(windows[i], row, channels, squares + row * width * channels); });
  }
  return lane_.uploaded(room);
}

std::vector<at::Tensor> WindowRestorer::results_of(const at::Tensor& squares) const {
  return network_->run(squares.permute({0, 3, 1, 2}).to(placement_.type));
}

void WindowRestorer::restore(const CropWindow* windows, int count, RgbImageF* restored) const {
  const auto work = [&] {
    const at::Tensor correction = lane_.downloaded(run_(input_of(windows, count)));
    const std::int64_t width = correction.size(2);
    for (int i = 0; i < count; ++i) {
      const RgbViewF& middle = windows[i][windows[i].size() / 2];
      const float* squares = correction.data_ptr<float>() + i * correction.stride(0);
      for_each_row(correction.size(1),
                   [&](int row) { add_correction(middle, row, squares + row * width * 12, 12, restored[i]); });
    }
  };
  guarded_call([&] { lane_.run(work); });
}

void WindowRestorer::enlarge(const CropWindow* windows, int count, BothSizes* results) const {
  if (!shape_.enlarges) return CropNetwork::enlarge(windows, count, results);
  const auto work = [&] {
    constexpr int kOnce = 12, kBoth = kOnce + 48;
    const at::Tensor correction = lane_.downloaded(run_both_(input_of(windows, count)));
    const std::int64_t width = correction.size(2);
    for (int i = 0; i < count; ++i) {
      const RgbViewF& middle = windows[i][windows[i].size() / 2];
      BothSizes& result = results[i];
      result = {RgbImageF(middle.width, middle.height), RgbImageF(2 * middle.width, 2 * middle.height)};
      const float* squares = correction.data_ptr<float>() + i * correction.stride(0);
      for_each_row(correction.size(1), [&](int row) {
        const float* const changes = squares + row * width * kBoth;
        add_correction(middle, row, changes, kBoth, result.once);
        add_enlarged_correction(middle, row, changes + kOnce, kBoth, result.enlarged);
      });
    }
  };
  guarded_call([&] { lane_.run(work); });
}

}  // namespace reelface
