#include "reelface/inference/load_models.h"

#include <functional>

#include "inference/engine/batching_enhancer.h"
#include "inference/engine/gfpgan_restorer.h"
#include "inference/engine/guarded_call.h"
#include "inference/engine/network_descriptor.h"
#include "inference/engine/network_kind.h"
#include "inference/engine/precision_choice.h"
#include "inference/engine/torch_device.h"
#include "inference/engine/window_restorer.h"
#include "inference/engine/yunet_detector.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/inference/device.h"

namespace reelface {
namespace {

/// On a CUDA device several crops at once fill the cores; on a CPU one crop's tensors fit the caches and four do not.
constexpr int kCudaBatch = 8;
constexpr int kCpuBatch = 1;

at::ScalarType scalar_type(Precision precision) {
  if (precision == Precision::kBf16) return at::kBFloat16;
  return precision == Precision::kFp16 ? at::kHalf : at::kFloat;
}

std::unique_ptr<CropNetwork> make_network(const Checkpoint& checkpoint, const Placement& placement) {
  switch (kind_of(checkpoint)) {
    case NetworkKind::kGfpgan: return std::make_unique<GfpganRestorer>(checkpoint, placement);
    case NetworkKind::kWindow: return std::make_unique<WindowRestorer>(checkpoint, placement);
    default: break;
  }
  throw Error(ExitCode::kModelRejected, printable(checkpoint.path) + ": is no network that restores faces",
              "`reelface models list` shows models that work");
}

std::vector<Precision> candidates_on(const at::Device& device) {
  if (device.is_cuda()) return {Precision::kFp16, Precision::kBf16};
  if (cpu_has_fast_bf16()) return {Precision::kBf16};
  return {};
}

std::unique_ptr<CropNetwork> load_network(const Checkpoint& checkpoint, const at::Device& device, Precision precision) {
  const auto make = [&](Precision at) { return make_network(checkpoint, {device, scalar_type(at)}); };
  if (precision == Precision::kAuto) return choose_precision(make, candidates_on(device));
  if (precision == Precision::kFp16 && device.is_cpu()) {
    throw Error(ExitCode::kUsage, "fp16 needs a CUDA device", "use --precision auto, or bf16");
  }
  return make(precision);
}

/// Runs everything once: memory is claimed and kernels are chosen now, not on the first frame.
void warm_up(FaceEnhancer& enhancer) {
  const std::vector<RgbImageF> crops = test_crops(enhancer.crop_size(), enhancer.window_length());
  CropWindow window;
  for (const RgbImageF& crop : crops) window.push_back(crop.view());
  enhancer.enhance({window});
}

}  // namespace

const char* name_of(Precision precision) {
  switch (precision) {
    case Precision::kAuto: return "auto";
    case Precision::kFp32: return "fp32";
    case Precision::kBf16: return "bf16";
    case Precision::kFp16: return "fp16";
  }
  return "unknown";
}

Precision parse_precision(const std::string& name) {
  for (const Precision precision : {Precision::kAuto, Precision::kFp32, Precision::kBf16, Precision::kFp16}) {
    if (name == name_of(precision)) return precision;
  }
  throw Error(ExitCode::kUsage, "precision '" + printable(name) + "' is not known", "use auto, fp32, bf16 or fp16");
}

std::unique_ptr<FaceEnhancer> load_face_enhancer(const std::string& model_file, const EngineOptions& options) {
  const at::Device device = torch_device(resolve_device(options.device));
  prepare_torch(options.threads);
  const Checkpoint checkpoint = read_checkpoint(model_file);
  const auto load_on_cpu = [checkpoint, precision = options.precision] {
    return load_network(checkpoint, at::Device(at::kCPU), precision == Precision::kFp16 ? Precision::kAuto : precision);
  };
  const int batch = options.batch > 0 ? options.batch : device.is_cuda() ? kCudaBatch : kCpuBatch;
  BatchingEnhancer::MakeNetwork make_fallback;
  if (!device.is_cpu()) make_fallback = load_on_cpu;
  try {
    auto enhancer = std::make_unique<BatchingEnhancer>(load_network(checkpoint, device, options.precision), batch,
                                                       std::move(make_fallback));
    warm_up(*enhancer);
    return enhancer;
  } catch (const DeviceOutOfMemory& error) {
    throw Error(ExitCode::kOutOfMemory,
                "not enough memory on " + device.str() + " for " + printable(model_file) + ": " + error.what(),
                "close other programs, choose a smaller model or --device cpu");
  }
}

std::unique_ptr<FaceDescriptor> load_face_descriptor(const std::string& model_file, const EngineOptions& options) {
  prepare_torch(options.threads);
  return std::make_unique<NetworkDescriptor>(read_checkpoint(model_file));
}

std::unique_ptr<FaceDetector> load_face_detector(const std::string& model_file, const DetectorOptions& options) {
  return std::make_unique<YunetDetector>(Yunet(read_checkpoint(model_file)), options);
}

}  // namespace reelface
