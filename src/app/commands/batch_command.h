#pragma once

#include "app/commands/restore_request.h"
#include "reelface/core/cancel_token.h"
#include "reelface/parts/film_plan.h"

namespace reelface {

struct BatchRequest {
  std::string list;
  std::string output_folder;
  bool resume = false;
};

void add_batch_options(CLI::App& command, BatchRequest& batch);

/// Restores many files, one behind the other, with models that are loaded once. A file that fails is told and does not
/// stop the others. Returns the exit code: 0, 1 if any file failed, or that of the interruption.
int restore_batch(const RestoreRequest& request, const BatchRequest& batch, const SpelledOptions& spelled,
                  const CancelToken& cancel);

}  // namespace reelface
