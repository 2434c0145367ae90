// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "reelface/parts/film_plan.h"
#include "reelface/restore/restore_video.h"

namespace reelface {

/// Where the parts of a resumable run lie until the output is complete: beside it.
std::string resume_folder(const std::string& output);

/// Restores a film part by part. After an interruption the same call continues, and at most one part is made again.
/// Throws Error(kUsage) that names the options which have changed, Error(kTryAgain) while another process works on it.
/// `part_seconds` is the length of the parts. When `cancel` asks to stop, the report
/// says `interrupted` and what is there stays.
RestoreReport restore_resumably(const RestoreOptions& options, double part_seconds,
                                const ProgressCallback& on_progress = {}, const CancelToken* cancel = nullptr,
                                const std::shared_ptr<const FaceModels>& models = {});

}  // namespace reelface
