// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "reelface/parts/film_plan.h"

namespace reelface {

/// The plan as text; fills in its program, which is this one, and its id.
std::string to_text(FilmPlan& plan);

/// Throws Error(kUsage) for plans of other versions, for what is no plan, and for one that was changed after it was
/// made. `name` is for messages.
FilmPlan plan_from_text(const std::string& text, const std::string& name);

/// The same but for the changes; the id is unproven.
FilmPlan parse_plan(const std::string& text, const std::string& name);

}  // namespace reelface
