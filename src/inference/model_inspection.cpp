// SPDX-License-Identifier: Apache-2.0
#include "inference/model_inspection.h"

#include <filesystem>

#include "core/path_check.h"
#include "inference/checkpoint/checkpoint.h"
#include "inference/checkpoint/checkpoint_writer.h"
#include "inference/checkpoint/tensor_layout.h"
#include "inference/layers/gfpgan_shape.h"
#include "inference/layers/network_kind.h"
#include "inference/layers/network_traits.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/inference/model_store.h"

namespace reelface {
namespace {

void describe_gfpgan(const Checkpoint& checkpoint, ModelFacts& facts) {
  facts.architecture = "gfpgan-clean";
  try {
    const GfpganShape shape = infer_gfpgan_shape(checkpoint);
    facts.parameters = {{"out_size", shape.out_size},
                        {"num_style_feat", shape.num_style_feat},
                        {"num_mlp", shape.num_mlp},
                        {"channel_multiplier", shape.channel_multiplier()},
                        {"narrow", shape.narrow()}};
    check_tensors(checkpoint, expected_gfpgan_tensors(shape));
  } catch (const Error& problem) {
    facts.mismatch = problem.what();
  }
}

void describe_architecture(const Checkpoint& checkpoint, ModelFacts& facts) {
  switch (kind_of(checkpoint)) {
    case NetworkKind::kGfpgan:
      return describe_gfpgan(checkpoint, facts);
    case NetworkKind::kWindow:
      facts.architecture = "faithful";
      return;
    case NetworkKind::kCompactUpscaler:
      facts.architecture = "compact upscaler";
      return;
    case NetworkKind::kResidualDense:
      facts.architecture = "residual dense upscaler";
      return;
    case NetworkKind::kYunet:
      facts.architecture = "yunet";
      return;
    case NetworkKind::kDescriptor:
      facts.architecture = "descriptor";
      return;
    case NetworkKind::kUnknown:
      facts.architecture = "unknown";
      return;
  }
}

void describe_traits(const Checkpoint& checkpoint, ModelFacts& facts) {
  try {
    facts.traits = traits_of(checkpoint);
  } catch (const Error& problem) {
    facts.mismatch = problem.what();
  }
}

}  // namespace

ModelFacts inspect_model(const std::string& path) {
  const Checkpoint checkpoint = read_checkpoint(path);
  ModelFacts facts;
  facts.path = path;
  facts.format = checkpoint.format;
  facts.file_bytes = std::filesystem::file_size(path);
  facts.tensor_count = checkpoint.tensors.size();
  std::uint64_t largest = 0;
  for (const auto& [name, tensor] : checkpoint.tensors) {
    const std::uint64_t elements = element_count(tensor.shape);
    facts.element_count += elements;
    facts.elements_by_type[tensor_type_name(tensor.type)] += elements;
    if (elements <= largest) continue;
    largest = elements;
    facts.largest_tensor = printable(name) + " " + shape_text(tensor.shape);
  }
  describe_architecture(checkpoint, facts);
  if (facts.mismatch.empty()) describe_traits(checkpoint, facts);
  facts.sha256 = sha256_of_file(path);
  for (const ModelInfo& model : known_models()) {
    if (model.sha256 != facts.sha256) continue;
    facts.known_as = model.name;
    facts.licence = model.licence;
  }
  return facts;
}

void convert_model(const std::string& from, const std::string& to, bool to_half, bool overwrite) {
  check_paths({{{"the model", from}}, {{"the output", to}}, overwrite});
  const Checkpoint checkpoint = read_checkpoint(from);
  write_safetensors(checkpoint, to, to_half ? WrittenPrecision::kHalf : WrittenPrecision::kAsIs, overwrite);
}

}  // namespace reelface
