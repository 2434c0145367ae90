#pragma once

#include <string>

#include "reelface/parts/film_plan.h"

namespace reelface {

/// The plan as text; fills in its id.
std::string to_text(FilmPlan& plan);

/// Throws Error(kUsage) for plans of other versions and for what is no plan. `name` is for messages.
FilmPlan plan_from_text(const std::string& text, const std::string& name);

}  // namespace reelface
