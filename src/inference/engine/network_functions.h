// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "inference/checkpoint/checkpoint.h"
#include "inference/engine/crop_network.h"
#include "inference/load_models.h"
#include "reelface/core/log.h"
#include "reelface/inference/device.h"

namespace reelface {

/// What the library of networks does for those who open it. Both sides are built together from this header; `version`
/// tells a library of another build.
struct NetworkFunctions {
  using Log = void (*)(LogLevel, std::string_view);

  const char* version;
  /// The library has a log of its own: this sends it where the opener's goes.
  void (*send_log_to)(Log log);
  std::vector<std::unique_ptr<FaceEnhancer>> (*make_face_enhancers)(const Checkpoint& checkpoint,
                                                                    const std::vector<std::string>& devices,
                                                                    const EngineOptions& options, int threads);
  std::unique_ptr<CropNetwork> (*make_picture_network)(const Checkpoint& checkpoint, const EngineOptions& options);
  std::vector<DeviceInfo> (*list_devices)();
  std::string (*resolve_device)(const std::string& wanted);
  std::string (*why_no_card)();
};

/// The one function that the library shows; `kNetworkFunctionsName` is its name.
using GetNetworkFunctions = const NetworkFunctions* (*)();
constexpr char kNetworkFunctionsName[] = "reelface_network_functions";

}  // namespace reelface
