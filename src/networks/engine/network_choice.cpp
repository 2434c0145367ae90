#include "networks/engine/network_choice.h"

#include <utility>
#include <vector>

#include "core/instruction_set.h"
#include "inference/engine/redoing_network.h"
#include "inference/layers/network_kind.h"
#include "networks/engine/gfpgan_restorer.h"
#include "networks/engine/upscaler.h"
#include "networks/engine/window_restorer.h"
#include "networks/placement.h"
#include "reelface/core/error.h"
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

LoadedNetwork with_redoing(LoadedNetwork loaded, const Checkpoint& checkpoint, const at::Device& device) {
  if (loaded.precision == Precision::kFp32) return loaded;
  const auto make_exact = [checkpoint, device] { return make_network(checkpoint, {device, at::kFloat}); };
  loaded.network = std::make_unique<RedoingNetwork>(std::move(loaded.network), make_exact);
  return loaded;
}

}  // namespace

LoadedNetwork load_network(const Checkpoint& checkpoint, const at::Device& device, Precision precision, int batch) {
  const auto make = [&](Precision at) { return make_network(checkpoint, {device, scalar_type(at)}); };
  if (precision == Precision::kAuto)
    return with_redoing(choose_precision(make, candidates_on(device), batch), checkpoint, device);
  if (precision == Precision::kFp16 && device.is_cpu()) {
    throw Error(ExitCode::kUsage, "fp16 needs a CUDA device", "use --precision auto, or bf16");
  }
  if (precision == Precision::kBf16 && device.is_cpu() && !cpu_has_fast_bf16())
    log_warning("this processor has no bf16: computing with it is many times slower than with fp32");
  LoadedNetwork loaded;
  loaded.precision = precision;
  loaded.network = make(precision);
  return with_redoing(std::move(loaded), checkpoint, device);
}

}  // namespace reelface
