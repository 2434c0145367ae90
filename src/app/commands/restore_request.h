#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "app/progress_display.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// What `reelface restore` was asked for: the run's options and those that only the program knows.
struct RestoreRequest {
  RestoreOptions options;
  bool never_overwrite = false;
  bool dry_run = false;
  std::vector<std::string> report_paths;  ///< JSON, or a page where the name ends in .html
  ProgressStyle progress = ProgressStyle::kAuto;

  // As typed; finish_request() turns them into values.
  std::string from, to, frames, max_memory, frame_rate;
  std::vector<std::string> encoder_settings;
};

/// Declares every option of `restore` on `command`, bound to `request`.
void add_restore_options(CLI::App& command, RestoreRequest& request);

/// `--min-face`, which other commands have as well.
void add_min_face_option(CLI::App& command, FaceOptions& faces, const std::string& description);

/// `--threads`, likewise, with its bound.
void add_threads_option(CLI::App& command, int& threads);

/// `--any-format`, which whatever reads films has.
void add_any_format_option(CLI::App& command, bool& any_format);

/// `--progress`, which other commands have as well.
void add_progress_option(CLI::App& command, ProgressStyle& style);

/// Parses what add_restore_options() left as text. Throws Error(kUsage).
void finish_request(RestoreRequest& request);

}  // namespace reelface
