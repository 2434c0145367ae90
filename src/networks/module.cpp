// SPDX-License-Identifier: Apache-2.0
// The library that reelface::inference opens when a network is wanted: see inference/engine/network_library.h.
#include "inference/engine/network_functions.h"
#include "networks/engine/load_networks.h"
#include "networks/engine/torch_device.h"
#include "reelface/version.h"

namespace reelface {
namespace {

/// In a program that shows its own functions to libraries, ours are its own, and so is the log.
void send_log_to(NetworkFunctions::Log opener) {
  if (opener != NetworkFunctions::Log{log}) set_log_sink(opener);
}

constexpr NetworkFunctions kFunctions = {
    kVersion,      send_log_to,          make_network_enhancers, make_picture_network,
    torch_devices, resolve_torch_device, why_no_torch_card};

}  // namespace
}  // namespace reelface

extern "C" __attribute__((visibility("default"))) const reelface::NetworkFunctions* reelface_network_functions() {
  return &reelface::kFunctions;
}
