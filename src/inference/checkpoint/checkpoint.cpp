// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/checkpoint.h"
#include "inference/checkpoint/checkpoint_parser.h"
#include "inference/checkpoint/malformed_checkpoint.h"
#include "inference/checkpoint/mapped_file.h"
#include "inference/checkpoint/tensor_layout.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr const char* kDownloadAgain =
    "give a safetensors or PyTorch checkpoint; `reelface models pull NAME` downloads one that is known to work";

}  // namespace

void Checkpoint::let_go(const CheckpointTensor& tensor) const {
  if (file && is_contiguous(tensor))
    file->let_go(tensor.data, element_count(tensor.shape) * element_size_bytes(tensor.type));
}

Checkpoint read_checkpoint(const std::string& path) {
  try {
    const auto file = std::make_shared<const MappedFile>(path);
    Checkpoint checkpoint = parse_checkpoint(file->bytes(), path);
    checkpoint.path = path;
    checkpoint.file = file;
    return checkpoint;
  } catch (const MalformedCheckpoint& problem) {
    throw Error(ExitCode::kModelRejected, printable(path) + ": " + problem.what(), kDownloadAgain);
  }
}

}  // namespace reelface
