// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace reelface {

enum class TensorType { kFloat64, kFloat32, kFloat16, kBFloat16, kInt64, kInt32, kUInt8 };

/// One tensor as the file holds it: a strided view into the mapped file. Checked: every element lies inside the file.
struct CheckpointTensor {
  TensorType type = TensorType::kFloat32;
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;  ///< in elements, never negative
  const std::byte* data = nullptr;    ///< little endian, not necessarily aligned
};

class MappedFile;

/// The tensors of a checkpoint, by name, with any `module.` prefix and any wrapping key (`params_ema`, `params`,
/// `state_dict`) taken off. Owns what the views look into. A value; copies share that.
struct Checkpoint {
  std::string path;
  std::string format;  ///< "safetensors", "pytorch zip" or "pytorch legacy"
  std::map<std::string, CheckpointTensor> tensors;
  std::map<std::string, std::string> metadata;  ///< safetensors' own
  std::shared_ptr<const MappedFile> file;       ///< what the views look into
  std::shared_ptr<const void> memory;           ///< or this, for checkpoints that were never in a file

  /// To be said of a tensor that has been copied: its part of the file leaves memory until it is looked at again.
  void let_go(const CheckpointTensor& tensor) const;
};

/// Reads any of the three forms. Nothing in the file is executed, nothing is allocated beyond the file's size.
/// Throws Error(kModelRejected) with one line that names the reason.
Checkpoint read_checkpoint(const std::string& path);

}  // namespace reelface
