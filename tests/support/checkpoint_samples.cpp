// SPDX-License-Identifier: Apache-2.0
#include "support/checkpoint_samples.h"

#include <cstdint>
#include <limits>

#include "support/pickle_builder.h"
#include "support/safetensors_builder.h"
#include "support/zip_builder.h"

namespace reelface::testing {
namespace {

/// {"params_ema": {"layer.k": 2x2 of storage k, ..}, "meta": {..}}
std::string sample_pickle(int tensors) {
  PickleBuilder pickle;
  pickle.empty_dict().mark().text("params_ema").ordered_dict().put(1).mark();
  for (int i = 0; i < tensors; ++i) {
    TensorSpec spec;
    spec.key = std::to_string(i);
    spec.location = "cuda:0";
    pickle.text("module.layer." + std::to_string(i) + ".weight").tensor(spec);
  }
  pickle.set_items().text("meta").empty_dict().text("epoch").integer(70000).set_item();
  return pickle.set_items().stop();
}

/// One tensor, transposed, with an axis of one element whose stride nobody may multiply with anything.
std::string strange_pickle() {
  TensorSpec spec;
  spec.shape = {1, 2, 2};
  spec.strides = {std::numeric_limits<std::int64_t>::max(), 1, 2};
  return state_dict_pickle(spec);
}

}  // namespace

std::vector<std::string> sample_checkpoints() {
  constexpr int kTensors = 3;
  const std::string values = float_bytes({1, 2, 3, 4});
  std::vector<std::pair<std::string, std::string>> records;
  std::vector<LegacyStorage> storages;
  for (int i = 0; i < kTensors; ++i) {
    records.emplace_back(std::to_string(i), values);
    storages.push_back({std::to_string(i), 4, values});
  }
  const std::string header =
      R"({"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},)"
      R"("b":{"dtype":"F16","shape":[8],"data_offsets":[16,32]}})";
  const std::string pickle = sample_pickle(kTensors);
  return {safetensors_file(header, values + values), torch_zip(pickle, records), legacy_file(pickle, storages),
          torch_zip(strange_pickle(), {{"0", values}})};
}

}  // namespace reelface::testing
