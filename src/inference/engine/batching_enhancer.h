#pragma once

#include <functional>
#include <memory>

#include "inference/engine/crop_network.h"

namespace reelface {

/// Cuts any number of windows into batches of one fixed size, because that keeps the bits of a result independent of what
/// else is restored at the same time. When memory runs out, it goes on with half the batch, for good, and at last with the
/// fallback network.
class BatchingEnhancer : public FaceEnhancer {
 public:
  using MakeNetwork = std::function<std::unique_ptr<CropNetwork>()>;

  /// `make_fallback` may be empty: there is nowhere else to go then.
  BatchingEnhancer(std::unique_ptr<CropNetwork> network, int batch, MakeNetwork make_fallback);

  int crop_size() const override { return network_->crop_size(); }
  int window_length() const override { return network_->window_length(); }
  std::string description() const override;
  std::vector<RgbImageF> enhance(const std::vector<CropWindow>& windows) override;

 private:
  void check(const CropWindow& window) const;
  void restore_batch(const CropWindow* windows, int count, RgbImageF* restored);
  void back_off(const std::string& reason);

  std::unique_ptr<CropNetwork> network_;
  int batch_;
  MakeNetwork make_fallback_;
};

}  // namespace reelface
