// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/network_choice.h"

#include <torch/version.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/instruction_set.h"
#include "inference/engine/kept_precision.h"
#include "inference/engine/redoing_network.h"
#include "inference/layers/network_kind.h"
#include "networks/engine/cuda_support.h"
#include "networks/engine/gfpgan_restorer.h"
#include "networks/engine/upscaler.h"
#include "networks/engine/window_restorer.h"
#include "networks/placement.h"
#include "reelface/core/error.h"
#include "reelface/core/file_stamp.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

at::ScalarType scalar_type(Precision precision) {
  if (precision == Precision::kBf16) return at::kBFloat16;
  return precision == Precision::kFp16 ? at::kHalf : at::kFloat;
}

std::unique_ptr<CropNetwork> make_network(const Checkpoint& checkpoint, const Placement& placement) {
  if (kind_of(checkpoint) == NetworkKind::kGfpgan) return std::make_unique<GfpganRestorer>(checkpoint, placement);
  if (is_upscaler(kind_of(checkpoint))) return std::make_unique<Upscaler>(checkpoint, placement);
  return std::make_unique<WindowRestorer>(checkpoint, placement);
}

/// Processors with bf16 (AVX512-BF16) compute in fp32 all the same: our convolutions, which transform squares first,
/// are a fifth faster on a Zen 5 than oneDNN's in bf16, and nothing is lost to rounding.
std::vector<Precision> candidates_on(const at::Device& device) {
  if (device.is_cuda()) return {Precision::kFp16, Precision::kBf16};
  return {};
}

/// Everything that the choice of a precision depends on; nothing for weights that are in no file as they are.
std::optional<std::string> basis_of_choice(const Checkpoint& checkpoint, const at::Device& device, int batch) {
  constexpr const char* kWayOfChoosing = "1";  // to be counted up when choose_precision() chooses otherwise
  const std::optional<FileStamp> stamp = checkpoint.memory ? std::nullopt : stamp_of(checkpoint.path);
  if (!device.is_cuda() || !stamp) return std::nullopt;
  const CardCalls card = cuda_card_calls();
  std::string basis = checkpoint.path;
  for (const std::string& part :
       {std::to_string(stamp->bytes), std::to_string(stamp->modified_nanoseconds), card.description(device.index()),
        std::to_string(card.driver_version), std::to_string(card.runtime_version), std::string(TORCH_VERSION),
        std::to_string(batch), std::string(kWayOfChoosing)})
    basis += "\n" + part;
  return basis;
}

/// Chosen once for a model on a card, and from then on known.
LoadedNetwork network_at_chosen_precision(const Checkpoint& checkpoint, const at::Device& device, int batch) {
  const auto make = [&](Precision at) { return make_network(checkpoint, {device, scalar_type(at)}); };
  const std::optional<std::string> basis = basis_of_choice(checkpoint, device, batch);
  const KeptPrecisions kept = KeptPrecisions::from_environment();
  if (const std::optional<Precision> known = basis ? kept.find(*basis) : std::nullopt) return {*known, make(*known)};
  LoadedNetwork chosen = choose_precision(make, candidates_on(device), batch);
  if (basis) kept.keep(*basis, chosen.precision);
  return chosen;
}

LoadedNetwork with_redoing(LoadedNetwork loaded, const Checkpoint& checkpoint, const at::Device& device) {
  if (loaded.precision == Precision::kFp32) return loaded;
  const auto make_exact = [checkpoint, device] { return make_network(checkpoint, {device, at::kFloat}); };
  loaded.network = std::make_unique<RedoingNetwork>(std::move(loaded.network), make_exact);
  return loaded;
}

}  // namespace

LoadedNetwork load_network(const Checkpoint& checkpoint, const at::Device& device, Precision precision, int batch) {
  if (precision == Precision::kAuto)
    return with_redoing(network_at_chosen_precision(checkpoint, device, batch), checkpoint, device);
  if (precision == Precision::kFp16 && device.is_cpu()) {
    throw Error(ExitCode::kUsage, "fp16 needs a CUDA device", "use --precision auto, or bf16");
  }
  if (precision == Precision::kBf16 && device.is_cpu() && !cpu_has_fast_bf16())
    log_warning("this processor has no bf16: computing with it is many times slower than with fp32");
  LoadedNetwork loaded;
  loaded.precision = precision;
  loaded.network = make_network(checkpoint, {device, scalar_type(precision)});
  return with_redoing(std::move(loaded), checkpoint, device);
}

}  // namespace reelface
