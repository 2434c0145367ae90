// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "reelface/restore/restore_video.h"

namespace reelface {

nlohmann::ordered_json to_json(const WritePlan& plan);
nlohmann::ordered_json to_json(const std::vector<LayoutStretch>& layouts);
nlohmann::ordered_json to_json(const RestoreReport& report, const RestoreOptions& options);

/// The plan as lines for people; what --dry-run prints.
std::string to_text(const WritePlan& plan);

/// Writes the whole file or none. A file that has the name stays unless `overwrite` is true.
void write_json_file(const std::string& path, const nlohmann::ordered_json& json, bool overwrite);

}  // namespace reelface
