#pragma once

#include <functional>
#include <string>

#include "reelface/parts/film_plan.h"
#include "reelface/restore/restore_video.h"

namespace reelface {

/// Where the parts of a resumable run lie until the output is complete: beside it.
std::string resume_folder(const std::string& output);

/// Restores a film part by part, so that the same call goes on after whatever stopped it, with at most one part done
/// again. Throws Error(kUsage) that names the options which were others then, Error(kTryAgain) while another process is
/// at it. `spelled` are the user's options, `part_seconds` the length of the parts. When `cancel` asks to stop, the
/// report says `interrupted` and what is there stays.
RestoreReport restore_resumably(const RestoreOptions& options, const SpelledOptions& spelled, double part_seconds,
                                const ProgressCallback& on_progress = {}, const CancelToken* cancel = nullptr,
                                const std::shared_ptr<const FaceModels>& models = {});

}  // namespace reelface
