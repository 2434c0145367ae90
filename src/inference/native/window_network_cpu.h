#pragma once

#include <memory>
#include <vector>

#include "inference/checkpoint/checkpoint.h"
#include "inference/face_enhancer.h"
#include "inference/native/layers.h"
#include "inference/window_shape.h"

namespace reelface {

/// The residual U-Net behind `faithful` (see networks/window_network.h, which is the same in LibTorch) on one core in
/// fp32, with nothing but kernels of our own. Immutable after construction; thread-safe with a workspace per call.
class WindowNetworkCpu {
 public:
  /// What a window passes through, kept from call to call: claiming it anew costs a tenth of the time.
  class Workspace;

  WindowNetworkCpu(const Checkpoint& checkpoint, const WindowShape& shape);

  std::unique_ptr<Workspace> make_workspace() const;

  /// A window of crops of the right size, the middle one of which is restored.
  void restore(const CropWindow& window, Workspace& workspace, RgbImageF& restored) const;

 private:
  struct Block {
    BorderedLayer first;
    BorderedLayer second;
  };
  using Blocks = std::vector<Block>;

  static void apply(const Blocks& blocks, FeatureMap& features, FeatureMap& between, Numbers& scratch);

  WindowShape shape_;
  BorderedLayer first_;
  BorderedLayer last_;
  std::vector<Blocks> encoder_;
  std::vector<Blocks> decoder_;
  std::vector<OpenLayer> down_;
  std::vector<OpenLayer> up_;
};

class WindowNetworkCpu::Workspace {
 private:
  friend class WindowNetworkCpu;

  FeatureMap squares;                ///< the window
  std::vector<FeatureMap> features;  ///< by level
  std::vector<FeatureMap> between;   ///< the two layers of a block, by level
  FeatureMap correction;
  Numbers scratch;
};

}  // namespace reelface
