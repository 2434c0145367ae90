// SPDX-License-Identifier: Apache-2.0
#include "inference/load_models.h"

#include <algorithm>

#include "core/thread_count.h"
#include "inference/checkpoint/mixed_checkpoint.h"
#include "inference/descriptor/descriptor_cpu.h"
#include "inference/detector/yunet_detector.h"
#include "inference/engine/batching_enhancer.h"
#include "inference/engine/network_library.h"
#include "inference/layers/network_kind.h"
#include "inference/layers/network_traits.h"
#include "inference/native/upscaler_cpu.h"
#include "inference/native/window_restorer_cpu.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/inference/device.h"

namespace reelface {
namespace {

/// In fp32 on a CPU our own kernels are faster than LibTorch, which then need not be opened. In bf16 it is no faster
/// than they are, and opening it takes a second.
bool goes_without_libtorch(NetworkKind kind, const std::string& device, const EngineOptions& options) {
  const bool is_ours = kind == NetworkKind::kWindow || is_upscaler(kind);
  if (!is_ours || device != "cpu") return false;
  return options.precision == Precision::kFp32 || options.precision == Precision::kAuto;
}

/// As many for each of the devices, which are all the processor.
std::vector<std::unique_ptr<FaceEnhancer>> make_window_enhancers(const Checkpoint& checkpoint,
                                                                 const EngineOptions& options, int threads,
                                                                 std::size_t devices) {
  const auto network = std::make_shared<const WindowRestorerCpu>(checkpoint);
  const EngineShare share = share_of_device(options, threads, devices);
  Feeding feeding;
  feeding.share_within_lane = false;
  if (share.restorers == 1) {
    feeding.lanes = share.threads;
    if (options.batch > 0) feeding.lanes = std::min(feeding.lanes, options.batch);
  }
  std::vector<std::unique_ptr<FaceEnhancer>> enhancers;
  for (std::size_t i = 0; i < devices * static_cast<std::size_t>(share.restorers); ++i)
    enhancers.push_back(std::make_unique<BatchingEnhancer>(
        network, feeding, [](int) {}, nullptr));
  return enhancers;
}

std::unique_ptr<const CropNetwork> make_picture_network_cpu(const Checkpoint& checkpoint) {
  if (is_upscaler(kind_of(checkpoint))) return std::make_unique<const UpscalerCpu>(checkpoint);
  return std::make_unique<const WindowRestorerCpu>(checkpoint);
}

}  // namespace

EngineShare share_of_device(const EngineOptions& options, int restorers, std::size_t devices) {
  const int count = static_cast<int>(devices), cores = options.threads > 0 ? options.threads : available_cores();
  return {std::max(1, restorers / count), std::max(1, cores / count)};
}

const char* name_of(Precision precision) {
  switch (precision) {
    case Precision::kAuto:
      return "auto";
    case Precision::kFp32:
      return "fp32";
    case Precision::kBf16:
      return "bf16";
    case Precision::kFp16:
      return "fp16";
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
  return std::move(load_face_enhancers(model_file, options, 1).front());
}

std::vector<std::unique_ptr<FaceEnhancer>> load_face_enhancers(const std::string& model_file,
                                                               const EngineOptions& options, int threads) {
  const Checkpoint checkpoint = read_checkpoint(model_file);
  const NetworkKind kind = kind_of(checkpoint);
  const std::optional<ModelTraits> traits = traits_of(checkpoint);
  if (!traits || traits->works_on != WorksOn::kCrops) {
    throw Error(ExitCode::kModelRejected, printable(checkpoint.path) + ": is no network that restores faces",
                "`reelface models list` shows models that work");
  }
  const std::vector<std::string> devices = resolve_devices(options.device);
  if (goes_without_libtorch(kind, devices.front(), options))
    return make_window_enhancers(checkpoint, options, threads, devices.size());
  return network_library().make_face_enhancers(checkpoint, devices, options, threads);
}

std::shared_ptr<const PictureRestorer> load_picture_restorer(const std::string& model_file,
                                                             const EngineOptions& options,
                                                             const std::optional<ModelTwin>& twin) {
  Checkpoint checkpoint = read_checkpoint(model_file);
  if (twin) checkpoint = mixed_checkpoint(checkpoint, read_checkpoint(twin->file), twin->share);
  const std::optional<ModelTraits> traits = traits_of(checkpoint);
  if (!traits || traits->works_on != WorksOn::kWholePictures) {
    throw Error(ExitCode::kModelRejected, printable(checkpoint.path) + ": is no network that restores whole pictures",
                "`reelface models list` shows models that do");
  }
  const int threads = options.threads > 0 ? options.threads : available_cores();
  const std::vector<std::string> devices = resolve_devices(options.device);
  if (goes_without_libtorch(kind_of(checkpoint), devices.front(), options))
    return std::make_shared<const PictureRestorer>(make_picture_network_cpu(checkpoint), true, threads);
  PictureBackOff back_off;
  back_off.is_refused = options.keeps_device;
  EngineOptions each = options;
  each.device = devices.front();
  std::vector<std::shared_ptr<const CropNetwork>> networks{network_library().make_picture_network(checkpoint, each)};
  // LibTorch on the CPU: one network has all of it.
  if (devices.front() == "cpu")
    return std::make_shared<const PictureRestorer>(std::move(networks.front()), false, threads, std::move(back_off));
  for (std::size_t i = 1; i < devices.size(); ++i) {
    each.device = devices[i];
    networks.push_back(network_library().make_picture_network(checkpoint, each));
  }
  back_off.make_network_on_cpu = [checkpoint] { return make_picture_network_cpu(checkpoint); };
  return std::make_shared<const PictureRestorer>(std::move(networks), threads, std::move(back_off));
}

std::unique_ptr<FaceDescriptor> load_face_descriptor(const std::string& model_file) {
  return std::make_unique<DescriptorCpu>(read_checkpoint(model_file));
}

std::unique_ptr<FaceDetector> load_face_detector(const std::string& model_file, const DetectorOptions& options) {
  return std::make_unique<YunetDetector>(Yunet(read_checkpoint(model_file)), options);
}

}  // namespace reelface
