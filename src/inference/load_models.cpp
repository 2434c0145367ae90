#include "reelface/inference/load_models.h"

#include "inference/detector/yunet_detector.h"
#include "inference/network_kind.h"
#include "inference/network_library.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {

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
  if (kind != NetworkKind::kGfpgan && kind != NetworkKind::kWindow) {
    throw Error(ExitCode::kModelRejected, printable(checkpoint.path) + ": is no network that restores faces",
                "`reelface models list` shows models that work");
  }
  return network_library().make_face_enhancers(checkpoint, options, threads);
}

std::unique_ptr<FaceDescriptor> load_face_descriptor(const std::string& model_file, const EngineOptions& options) {
  return network_library().make_face_descriptor(read_checkpoint(model_file), options);
}

std::unique_ptr<FaceDetector> load_face_detector(const std::string& model_file, const DetectorOptions& options) {
  return std::make_unique<YunetDetector>(Yunet(read_checkpoint(model_file)), options);
}

}  // namespace reelface
