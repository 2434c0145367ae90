// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "inference/checkpoint/checkpoint.h"

namespace reelface {

/// One tensor as a safetensors header states it; nothing is checked against the data yet.
struct SafetensorsEntry {
  std::string name;
  TensorType type = TensorType::kFloat32;
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

struct SafetensorsHeader {
  std::vector<SafetensorsEntry> entries;
  std::map<std::string, std::string> metadata;
};

/// Parses the JSON event by event, so that neither depth nor unexpected members cost memory.
/// Throws MalformedCheckpoint for anything but the format's own members.
SafetensorsHeader parse_safetensors_header(std::string_view json);

}  // namespace reelface
