#pragma once

#include <CLI/App.hpp>
#include <string>

#include "app/commands/restore_request.h"
#include "reelface/parts/film_plan.h"

namespace reelface {

/// What the user gave of `restore`'s options, by their long names, apart from files and what is shown. Files are named
/// from the root, so that the words mean the same elsewhere.
SpelledOptions spelled_options(const CLI::App& command);

/// The request that these options spell. Throws Error(kUsage).
RestoreRequest request_from(const SpelledOptions& spelled, const std::string& input, const std::string& output);

}  // namespace reelface
