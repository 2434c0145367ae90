// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/progress_display.h"
#include "reelface/restore/option.h"

namespace reelface {

/// What one call of the program is asked besides how to restore.
struct CallOptions {
  std::string settings;  ///< a file, or the name of a set; see settings_folder.h
  bool never_overwrite = false;
  bool dry_run = false;
  std::string repair_list;  ///< where each repair is told of; empty: nowhere
  bool checksums = false;
  std::string provenance;            ///< where what was done to which frames is told; empty: nowhere
  std::string c2pa_manifest;         ///< likewise, for c2patool
  std::vector<std::string> reports;  ///< JSON, or a page where the name ends in .html
  ProgressStyle progress = ProgressStyle::kAuto;
  bool resume = false;
  std::optional<double> part_seconds;
  std::string list;
  std::string output_folder;
  std::string log_level = "warning";
};

using CallOption = OptionOf<CallOptions>;

constexpr const char* kProgramGroup = "Every command";

/// The rows that the table of RestoreOptions lacks: with them it is everything that `restore` takes.
const std::vector<CallOption>& call_option_table();

/// Throws std::logic_error: there is none of this name.
const CallOption& call_option_named(const std::string& name);

}  // namespace reelface
