#include "networks/engine/load_networks.h"

#include <algorithm>
#include <functional>

#include "core/instruction_set.h"
#include "core/thread_count.h"
#include "inference/engine/batching_enhancer.h"
#include "inference/layers/network_kind.h"
#include "networks/engine/gfpgan_restorer.h"
#include "networks/engine/guarded_call.h"
#include "networks/engine/precision_choice.h"
#include "networks/engine/torch_device.h"
#include "networks/engine/upscaler.h"
#include "networks/engine/window_restorer.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr int kCudaBatch = 8;
/// The part of the machine's memory that crops being restored may take.
constexpr std::int64_t kMemoryShare = 4;
/// A network that needs more than this for a crop works for a second or more, and is worth several cores; a smaller one
/// runs once per core, side by side.
constexpr std::int64_t kLargeNetworkBytes = std::int64_t{100} << 20;

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

std::unique_ptr<CropNetwork> load_network(const Checkpoint& checkpoint, const at::Device& device, Precision precision) {
  const auto make = [&](Precision at) { return make_network(checkpoint, {device, scalar_type(at)}); };
  if (precision == Precision::kAuto) return choose_precision(make, candidates_on(device));
  if (precision == Precision::kFp16 && device.is_cpu()) {
    throw Error(ExitCode::kUsage, "fp16 needs a CUDA device", "use --precision auto, or bf16");
  }
  if (precision == Precision::kBf16 && device.is_cpu() && !cpu_has_fast_bf16())
    log_warning("this processor has no bf16: computing with it is many times slower than with fp32");
  return make(precision);
}

bool is_large(const CropNetwork& network) {
  return network.bytes_per_crop() > kLargeNetworkBytes;
}

/// A CUDA device wants several crops at once. A CPU is fastest with one crop for each core: its tensors fit the caches,
/// and the cores need not wait for each other.
Feeding feeding_for(const CropNetwork& network, const at::Device& device, const EngineOptions& options) {
  Feeding feeding;
  feeding.threads = options.threads > 0 ? options.threads : available_cores();
  if (device.is_cuda()) {
    feeding.batch = options.batch > 0 ? options.batch : kCudaBatch;
    return feeding;
  }
  feeding.share_within_lane = is_large(network);
  const std::int64_t memory = main_memory_bytes();
  const std::int64_t fitting = memory > 0 ? memory / kMemoryShare / network.bytes_per_crop() : 1;
  feeding.lanes = static_cast<int>(std::clamp<std::int64_t>(fitting, 1, feeding.threads));
  if (options.batch > 0) feeding.lanes = std::min(feeding.lanes, options.batch);
  return feeding;
}

/// Runs everything once: memory is claimed and kernels are chosen now, not on the first frame.
void warm_up(FaceEnhancer& enhancer, int lanes) {
  const std::vector<RgbImageF> crops = test_crops(enhancer.crop_size(), enhancer.window_length());
  CropWindow window;
  for (const RgbImageF& crop : crops) window.push_back(crop.view());
  enhancer.enhance(std::vector<CropWindow>(static_cast<std::size_t>(lanes), window));
}

at::Device prepared_device(const EngineOptions& options) {
  const at::Device device = torch_device(resolve_torch_device(options.device));
  prepare_torch();
  use_torch_threads(options.threads > 0 ? options.threads : available_cores());
  return device;
}

[[noreturn]] void refuse_for_memory(const at::Device& device, const Checkpoint& checkpoint, const char* reason) {
  throw Error(ExitCode::kOutOfMemory,
              "not enough memory on " + device.str() + " for " + printable(checkpoint.path) + ": " + reason,
              "close other programs, choose a smaller model or --device cpu");
}

}  // namespace

std::unique_ptr<CropNetwork> make_picture_network(const Checkpoint& checkpoint, const EngineOptions& options) {
  const at::Device device = prepared_device(options);
  try {
    return load_network(checkpoint, device, options.precision);
  } catch (const DeviceOutOfMemory& error) {
    refuse_for_memory(device, checkpoint, error.what());
  }
}

std::vector<std::unique_ptr<FaceEnhancer>> make_network_enhancers(const Checkpoint& checkpoint,
                                                                  const EngineOptions& options, int threads) {
  const at::Device device = prepared_device(options);
  BatchingEnhancer::MakeNetwork make_fallback;
  if (!device.is_cpu()) {
    const Precision precision = options.precision == Precision::kFp16 ? Precision::kAuto : options.precision;
    make_fallback = [checkpoint, precision] { return load_network(checkpoint, at::Device(at::kCPU), precision); };
  }
  try {
    const std::shared_ptr<const CropNetwork> network = load_network(checkpoint, device, options.precision);
    const bool side_by_side = threads > 1 && device.is_cpu() && !is_large(*network);
    EngineOptions each = options;
    if (side_by_side) each.threads = 1;
    const Feeding feeding = feeding_for(*network, device, each);
    const int count = side_by_side ? threads : 1;
    std::vector<std::unique_ptr<FaceEnhancer>> enhancers;
    enhancers.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
      enhancers.push_back(std::make_unique<BatchingEnhancer>(network, feeding, use_torch_threads, make_fallback));
    warm_up(*enhancers.front(), feeding.lanes);
    return enhancers;
  } catch (const DeviceOutOfMemory& error) {
    refuse_for_memory(device, checkpoint, error.what());
  }
}

}  // namespace reelface
