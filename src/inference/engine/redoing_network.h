// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

#include "inference/engine/crop_network.h"

namespace reelface {

/// A network that computes in half the precision, with a second one in fp32 for pictures that pass the range of its
/// numbers: what comes out of it with infinities, or with what is no number, is restored again by itself. The second
/// network is made when it is wanted first. What that cannot restore either, or has no memory for, comes out as it was;
/// whoever uses it finds it by all_finite(). Thread-safety: that of the networks.
class RedoingNetwork : public CropNetwork {
 public:
  using MakeNetwork = std::function<std::unique_ptr<CropNetwork>()>;

  RedoingNetwork(std::unique_ptr<const CropNetwork> fast, MakeNetwork make_exact);

  int crop_size() const override { return fast_->crop_size(); }
  ModelTraits traits() const override { return fast_->traits(); }
  std::string description() const override { return fast_->description(); }
  std::int64_t bytes_per_crop() const override { return fast_->bytes_per_crop(); }
  std::int64_t largest_tensor_of_crop() const override { return fast_->largest_tensor_of_crop(); }
  int reach() const override { return fast_->reach(); }
  bool only_enlarges() const override { return fast_->only_enlarges(); }
  std::unique_ptr<CropNetwork> another_lane() const override;
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override;
  void enlarge(const CropWindow* windows, int count, BothSizes* results) const override;

 private:
  /// `work(network)`, if there is memory for it.
  template <class Work>
  void with_exact(const Work& work) const;
  const CropNetwork& exact() const;

  std::unique_ptr<const CropNetwork> fast_;
  MakeNetwork make_exact_;
  mutable std::mutex making_;
  mutable std::unique_ptr<const CropNetwork> exact_;
};

}  // namespace reelface
