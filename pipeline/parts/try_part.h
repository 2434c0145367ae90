// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "reelface/parts/film_parts.h"

namespace reelface {

/// Makes a part that need not be one of the plan's, only to see how long it takes, and throws it away.
void try_part(const std::string& folder, const FilmPlan& plan, const RestoreOptions& options, const PlannedPart& part,
              const std::shared_ptr<const FaceModels>& models, const ProgressCallback& on_progress,
              const CancelToken* cancel);

}  // namespace reelface
