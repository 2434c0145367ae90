// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "reelface/inference/model_traits.h"

namespace reelface {

/// What can be said of a model file without running it. A value.
struct ModelFacts {
  std::string path;
  std::string format;  ///< "safetensors", "pytorch zip" or "pytorch legacy"
  std::uint64_t file_bytes = 0;
  std::uint64_t tensor_count = 0;
  std::uint64_t element_count = 0;
  std::map<std::string, std::uint64_t> elements_by_type;  ///< "F32": number of elements
  std::string largest_tensor;                             ///< "final_linear.weight 8192x4096"
  std::string architecture;                  ///< "gfpgan-clean", "faithful", "yunet", "descriptor" or "unknown"
  std::map<std::string, double> parameters;  ///< of the architecture: "out_size", "narrow", ..
  std::optional<ModelTraits> traits;         ///< of a restorer whose tensors fit
  std::string mismatch;                      ///< why tensors do not fit the architecture, if so
  std::string sha256;
  std::string known_as;  ///< name of the known model whose checksum this is
  std::string licence;   ///< of that model
};

/// Reads a checkpoint of any form, with every check that loading it has. Throws Error(kModelRejected).
ModelFacts inspect_model(const std::string& path);

/// Writes the tensors of a checkpoint of any form as safetensors, optionally rounded to half precision.
/// A file that has the name `to` stays unless `overwrite` is true; `from` is never written to.
/// Throws Error(kModelRejected), Error(kOutputUnwritable), or Error(kUsage) if both are the same file.
void convert_model(const std::string& from, const std::string& to, bool to_half, bool overwrite);

}  // namespace reelface
