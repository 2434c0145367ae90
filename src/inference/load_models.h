// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "inference/engine/picture_restorer.h"
#include "inference/face_descriptor.h"
#include "inference/face_detector.h"
#include "inference/face_enhancer.h"

namespace reelface {

enum class Precision {
  kAuto,  ///< the fastest of those below whose result on a test picture is near enough to that of kFp32
  kFp32,
  kBf16,  ///< half the memory traffic; fast on CPUs with AVX512-BF16 and on CUDA devices; near enough means 40 dB
  kFp16   ///< CUDA only; near enough means 50 dB
};

/// "fp32", "bf16", "fp16" or "auto".
const char* name_of(Precision precision);
/// The opposite of name_of(). Throws Error(kUsage).
Precision parse_precision(const std::string& name);

struct EngineOptions {
  std::string device = "auto";  ///< auto, cpu, cuda, cuda:N, several with commas, or cuda:all
  Precision precision = Precision::kAuto;
  int batch = 0;    ///< crops restored at the same time at most; 0 = what is fastest on the device
  int threads = 0;  ///< cores to use for networks on the CPU; 0 = all this process has
  bool keeps_device =
      false;  ///< if memory runs out on a device, fail: its pixels are those of no other, nor of another batch
};

/// What one of several devices gets.
struct EngineShare {
  int restorers = 1;
  int threads = 1;
};
EngineShare share_of_device(const EngineOptions& options, int restorers, std::size_t devices);

struct DetectorOptions {
  /// The picture is shown to the network at these sizes (pixels of the longer side), faces found are merged: small ones
  /// show at the first, those that fill the picture at the second. A size above the picture's own counts as its own.
  std::vector<int> long_sides = {640, 320};
  bool enlarge = false;  ///< scale small pictures up to the sizes above; finds faces below 10 px
  float score_threshold = 0.65F;
  float overlap_threshold = 0.4F;  ///< two boxes that share more than this part of their union are one face
};

/// Reads a restorer, GFPGAN or window network, told apart by its tensors' names. The first call takes as long as a
/// thousand later ones may: weights are laid out for the machine, the precision is chosen, everything is run once.
/// Throws Error: kModelRejected for a file that is no such network, kUsage for a device that is not there.
std::unique_ptr<FaceEnhancer> load_face_enhancer(const std::string& model_file, const EngineOptions& options);

/// Restorers for as many threads as can use one each, at most `threads`; on one device they share their weights. On a
/// CPU a small network runs on one core for each thread; a large one, and any other device, works on one call at a
/// time. All devices compute in the same precision.
std::vector<std::unique_ptr<FaceEnhancer>> load_face_enhancers(const std::string& model_file,
                                                               const EngineOptions& options, int threads);

/// A second checkpoint of the same shape, of whose weights a share (0..1) is mixed in.
struct ModelTwin {
  std::string file;
  double share = 0;
};

/// Reads a restorer of whole pictures, with a twin if it has one. Throws as load_face_enhancer() does.
std::shared_ptr<const PictureRestorer> load_picture_restorer(const std::string& model_file,
                                                             const EngineOptions& options,
                                                             const std::optional<ModelTwin>& twin = std::nullopt);

/// Reads a detector of the YuNet-n architecture. It always runs on the calling thread, on the CPU.
std::unique_ptr<FaceDetector> load_face_detector(const std::string& model_file, const DetectorOptions& options);

/// Reads the face descriptor. It always runs on the calling thread, on the CPU.
std::unique_ptr<FaceDescriptor> load_face_descriptor(const std::string& model_file);

}  // namespace reelface
