// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <functional>
#include <memory>

namespace reelface {

/// A way to a device and back. On a graphics card everything that one lane starts goes in its own order, beside that of
/// other lanes: while one uploads, another computes. On a CPU it does the plain thing. Thread-safety: on a CPU safe; on
/// a card one call at a time.
class DeviceLane {
 public:
  explicit DeviceLane(const at::Device& device);
  ~DeviceLane();
  DeviceLane(const DeviceLane&) = delete;
  DeviceLane& operator=(const DeviceLane&) = delete;

  /// Calls `work`, whose operations are this lane's.
  void run(const std::function<void()>& work) const;

  // Within run(), all in float32:

  /// Main memory to fill and upload. A card fetches it by itself; it is the lane's, up to the next room().
  at::Tensor room(at::IntArrayRef sizes) const;

  /// On the device, as soon as what has been started before is done.
  at::Tensor uploaded(const at::Tensor& room) const;

  /// In main memory, up to the next download. Waits asleep until everything the lane has started is done.
  at::Tensor downloaded(const at::Tensor& result) const;

 private:
  struct OnCard;
  std::unique_ptr<OnCard> on_card_;
};

}  // namespace reelface
