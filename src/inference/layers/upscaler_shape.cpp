// SPDX-License-Identifier: Apache-2.0
#include "inference/layers/upscaler_shape.h"

#include <cstdint>
#include <string>

#include "inference/checkpoint/malformed_checkpoint.h"
#include "inference/checkpoint/tensor_check.h"
#include "inference/layers/network_kind.h"
#include "inference/layers/upscaler_layers.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr int kColours = 3;
constexpr int kMostScale = 4;
constexpr int kTimesEnlarged = 4;    // by a dense network, from its squares
constexpr int kMostFeatures = 1024;  // some hundred bytes of a file must not ask for any memory they like
constexpr int kMostLayers = 1000;

[[noreturn]] void reject(const Checkpoint& checkpoint, const std::string& reason) {
  throw Error(ExitCode::kModelRejected, printable(checkpoint.path) + ": " + reason,
              "the file belongs to another network or is damaged; `reelface models list` shows models that work");
}

/// One of a convolution's sizes, if it makes sense.
int size_of(const Checkpoint& checkpoint, const std::string& name, std::size_t axis) {
  const auto found = checkpoint.tensors.find(name);
  if (found == checkpoint.tensors.end() || found->second.shape.size() != 4)
    reject(checkpoint, "does not enlarge pictures: tensor " + name_text(name) + " is missing or misshapen");
  const std::int64_t size = found->second.shape[axis];
  if (size < 1 || size > kMostFeatures)
    reject(checkpoint, "has " + std::to_string(size) + " channels in " + name_text(name) + "; 1 to " +
                           std::to_string(kMostFeatures) + " make sense");
  return static_cast<int>(size);
}

/// How many there are of what `name(number)` names.
template <class Name>
int count_of(const Checkpoint& checkpoint, const Name& name) {
  int count = 0;
  while (checkpoint.tensors.count(name(count)) != 0) {
    if (++count > kMostLayers) reject(checkpoint, "has more layers than make sense");
  }
  return count;
}

UpscalerShape infer_compact(const Checkpoint& checkpoint) {
  UpscalerShape shape;
  shape.kind = UpscalerShape::Kind::kCompact;
  shape.features = size_of(checkpoint, "body.0.weight", 0);
  const int convolutions = count_of(checkpoint, [](int number) { return compact_layer_name(number) + ".weight"; });
  shape.length = convolutions - 2;
  if (shape.length < 0) reject(checkpoint, "does not enlarge pictures: it has a single layer");
  const int outputs = size_of(checkpoint, compact_layer_name(convolutions - 1) + ".weight", 0);
  shape.scale = 1;
  while (kColours * shape.scale * shape.scale < outputs) ++shape.scale;
  if (kColours * shape.scale * shape.scale != outputs || shape.scale > kMostScale)
    reject(checkpoint, "makes " + std::to_string(outputs) +
                           " numbers of a pixel, which are no square of pixels up to " + std::to_string(kMostScale) +
                           " wide");
  return shape;
}

UpscalerShape infer_residual_dense(const Checkpoint& checkpoint) {
  UpscalerShape shape;
  shape.kind = UpscalerShape::Kind::kResidualDense;
  shape.features = size_of(checkpoint, "conv_first.weight", 0);
  shape.growth = size_of(checkpoint, "body.0.rdb1.conv1.weight", 0);
  shape.length = count_of(checkpoint, [](int block) { return dense_layer_name(block, 0, 0) + ".weight"; });
  const int inputs = size_of(checkpoint, "conv_first.weight", 1);
  shape.block_side = inputs == kColours ? 1 : inputs == 4 * kColours ? 2 : 4;
  if (shape.block_side * shape.block_side * kColours != inputs)
    reject(checkpoint, "takes " + std::to_string(inputs) + " numbers for a pixel; 3, 12 and 48 make sense");
  shape.scale = kTimesEnlarged / shape.block_side;
  return shape;
}

}  // namespace

UpscalerShape infer_upscaler_shape(const Checkpoint& checkpoint) {
  const bool is_dense = kind_of(checkpoint) == NetworkKind::kResidualDense;
  UpscalerShape shape = is_dense ? infer_residual_dense(checkpoint) : infer_compact(checkpoint);
  const auto said = checkpoint.metadata.find("invents");
  shape.invents = said == checkpoint.metadata.end() || said->second != "no";
  check_tensors(checkpoint, expected_tensors(describe_upscaler(shape)));
  return shape;
}

ModelTraits traits_of(const UpscalerShape& shape) {
  ModelTraits traits;
  traits.invents = shape.invents;
  traits.works_on = WorksOn::kWholePictures;
  traits.scale = shape.scale;
  return traits;
}

}  // namespace reelface
