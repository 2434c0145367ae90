// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/library_versions.h"

#include <opencv2/core/utility.hpp>

#include "inference/engine/network_library.h"
#include "media/libav/library_versions.h"
#include "pipeline/graph/scheduler_version.h"

namespace reelface {
namespace {

LibraryVersion libtorch_version() {
  const std::string file = network_library_file();
  if (file.empty()) return {"LibTorch", "is not there: no reelface_networks.so was found"};
  return {"LibTorch", std::string(built_with_libtorch()) + " (opened when it is needed, by " + file + ")"};
}

}  // namespace

std::vector<LibraryVersion> library_versions() {
  std::vector<LibraryVersion> versions = libav_versions();
  versions.push_back({"OpenCV", cv::getVersionString()});
  versions.push_back(scheduler_version());
  versions.push_back(libtorch_version());
  return versions;
}

}  // namespace reelface
