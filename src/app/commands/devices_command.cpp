// SPDX-License-Identifier: Apache-2.0
#include "app/commands/devices_command.h"

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/thread_count.h"
#include "reelface/inference/device.h"

namespace reelface {
namespace {

void print_json() {
  nlohmann::ordered_json devices = nlohmann::ordered_json::array();
  for (const DeviceInfo& device : list_devices()) {
    devices.push_back(
        {{"name", device.name}, {"description", device.description}, {"memory_bytes", device.memory_bytes}});
  }
  std::cout << devices.dump(2) << "\n";
}

void print_text() {
  for (const DeviceInfo& device : list_devices()) {
    std::cout << device.name << "\t" << device.description;
    if (device.memory_bytes > 0) std::cout << ", " << (device.memory_bytes >> 20) << " MiB";
    std::cout << "\n";
  }
  std::cout << "--device auto means " << resolve_device("auto") << "; " << available_cores() << " cores may be used\n";
  const std::string reason = why_no_graphics_card();
  if (!reason.empty()) std::cout << "no graphics card can be used: " << reason << "\n";
}

}  // namespace

void add_devices_command(CLI::App& program) {
  CLI::App* command = program.add_subcommand("devices", "What networks can run on");
  auto as_json = std::make_shared<bool>(false);
  command->add_flag("--json", *as_json, "For machines");
  command->callback([as_json] { *as_json ? print_json() : print_text(); });
}

}  // namespace reelface
