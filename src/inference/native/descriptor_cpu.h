#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "inference/checkpoint/checkpoint.h"
#include "inference/face_descriptor.h"
#include "inference/native/layers.h"

namespace reelface {

/// The residual network that turns an aligned crop into 128 numbers, on the calling thread: at 0.4 GFLOP a face that is
/// little beside restoring.
class DescriptorCpu : public FaceDescriptor {
 public:
  static constexpr int kCropSize = 150;

  /// Throws Error(kModelRejected) unless the checkpoint holds exactly this network.
  explicit DescriptorCpu(const Checkpoint& checkpoint);

  int crop_size() const override { return kCropSize; }
  std::vector<FaceDescription> describe(const std::vector<RgbViewF>& crops) const override;

 private:
  /// A 3x3 convolution with a border. Small pictures are given one and convolved plainly: filters that are transformed
  /// are four times as large, and would be fetched for a handful of pixels.
  class Layer {
   public:
    Layer(const LayerWeights& weights, int side, float negative_slope);
    void apply(const FeatureMap& input, FeatureMap& output, Numbers& scratch) const;

   private:
    std::optional<BorderedLayer> large_;
    std::optional<OpenLayer> small_;
  };
  struct Block {
    std::optional<OpenLayer> down;  ///< the first layer of a block that halves the picture
    std::optional<Layer> first;     ///< of one that does not
    Layer second;
    int channels;
  };

  FaceDescription describe(const RgbViewF& crop) const;
  static FeatureMap apply(const Block& block, const FeatureMap& features, Numbers& scratch);

  std::optional<OpenLayer> stem_;
  std::vector<Block> blocks_;
  std::vector<float> last_;  ///< [128][channels]
};

}  // namespace reelface
