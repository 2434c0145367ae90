// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "reelface/core/cancel_token.h"
#include "reelface/parts/film_plan.h"
#include "reelface/restore/restore_video.h"

namespace reelface {

/// join_film() of parts that unusable_parts() has just found nothing wrong with: none is read twice. Joining proves
/// their checksums all the same, but names only the first part that is damaged.
RestoreReport join_checked_parts(const std::string& folder, const FilmPlan& plan, const RestoreOptions& options,
                                 const CancelToken* cancel);

}  // namespace reelface
