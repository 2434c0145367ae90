// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <functional>
#include <memory>

namespace reelface {

/// Records what a call starts on a device, so that all of it can be started again at once. One recording for each.
/// Fakes stand in for it in tests.
class WorkRecorder {
 public:
  using Work = std::function<void()>;

  WorkRecorder() = default;
  WorkRecorder(const WorkRecorder&) = delete;
  WorkRecorder& operator=(const WorkRecorder&) = delete;
  virtual ~WorkRecorder() = default;

  /// Does the work where it will be recorded, apart from what else the device does, and waits for it: libraries choose
  /// their kernels and claim their work space, which a recording must not do. Returns the bytes it took meanwhile.
  virtual std::int64_t rehearse(const Work& work) = 0;

  /// What can be had on the device; memory that is only kept for later has been given back then.
  virtual std::int64_t free_bytes() = 0;

  /// Throws what goes wrong. Then there is no recording, and the device's memory can be used as before.
  virtual void record(const Work& work) = 0;

  virtual void replay() = 0;
};

/// For this device; null where work cannot be recorded.
std::unique_ptr<WorkRecorder> make_recorder(const at::Device& device);

}  // namespace reelface
