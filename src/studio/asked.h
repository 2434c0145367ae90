#pragma once

#include <cstdint>
#include <string>

#include "reelface/restore/option_table.h"
#include "studio/root_folder.h"

namespace reelface {

// What the page asks for in JSON. Pure functions; everything else than what is written here throws Error(kUsage).

/// {"path": "films/old.mkv"}
std::string asked_path(const std::string& body);

/// {"film": 3, "frame": 120, "settings": {"strength": 80}}, as files of settings say it.
struct AskedFrame {
  std::int64_t film = 0;
  std::int64_t frame = 0;
  SpelledOptions settings;
};
AskedFrame asked_frame(const std::string& body);

/// The options of these settings for one film. Files that they name are looked for in the folder; there are no others.
/// Throws Error(kUsage) for options that contradict each other as well.
RestoreOptions options_for(const std::string& film, const SpelledOptions& settings, const RootFolder& folder);

}  // namespace reelface
