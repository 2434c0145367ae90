// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "inference/face_enhancer.h"

namespace reelface {

/// The device has not enough memory for what was asked; asking for less may work.
class DeviceOutOfMemory : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The middle picture of a window, restored.
struct BothSizes {
  RgbImageF once;      ///< at its own size; empty of a network that only enlarges
  RgbImageF enlarged;  ///< traits().scale times as wide and as high
};

/// A restoring network on one device in one number type. Thread-safety: on a CPU restore() may be called from several
/// threads at once, on other devices from one.
class CropNetwork {
 public:
  CropNetwork() = default;
  CropNetwork(const CropNetwork&) = delete;
  CropNetwork& operator=(const CropNetwork&) = delete;
  virtual ~CropNetwork() = default;

  virtual int crop_size() const = 0;
  virtual ModelTraits traits() const = 0;
  virtual std::string description() const = 0;      ///< "window network, 5 crops of 256 px, bf16 on cpu (AVX-512)"
  virtual std::int64_t bytes_per_crop() const = 0;  ///< roughly what restoring one crop needs for the time being

  /// How many numbers the largest tensor has that restoring one crop makes; 0 where that sets no limit. On a device,
  /// many kernels count a tensor's numbers in 32 bits.
  virtual std::int64_t largest_tensor_of_crop() const { return 0; }

  /// How far around a pixel the picture counts for it, in pixels, but for what nobody sees: tiles overlap by that.
  virtual int reach() const { return 96; }

  /// Another one with the same weights, which a device works on at the same time: while one is fed, the other computes.
  /// Null where that brings nothing.
  virtual std::unique_ptr<CropNetwork> another_lane() const { return nullptr; }

  /// Restores `count` windows, already checked, as one batch into as many images of the right size. A window network
  /// takes any size that is a multiple of its step, the same in all windows; others take crop_size() alone. Throws
  /// DeviceOutOfMemory.
  virtual void restore(const CropWindow* windows, int count, RgbImageF* restored) const = 0;

  /// Whether it makes no picture of the size it is given.
  virtual bool only_enlarges() const { return false; }

  /// Likewise, at both sizes at once; the results need no size yet. Only networks whose scale is above 1 can.
  virtual void enlarge(const CropWindow* windows, int count, BothSizes* results) const;
};

/// A batch of `wanted` crops, or as many as leave every tensor below 2^31 numbers.
int countable_batch(const CropNetwork& network, int wanted);

}  // namespace reelface
