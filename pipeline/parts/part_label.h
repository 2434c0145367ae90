// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "reelface/parts/film_parts.h"

namespace reelface {

/// What a part's file says of how it was made.
struct PartLabel {
  std::string plan_id;
  std::size_t part = 0;
  std::string model;   ///< which network restored, where and how precisely
  std::string worker;  ///< host and process
  PartReport report;
};

std::string to_text(const PartLabel& label);
/// Throws Error(kInputUnreadable).
PartLabel label_from_text(const std::string& text);

/// Reads the part from end to end. Throws Error(kInputUnreadable) if it is damaged or belongs to another plan.
PartLabel checked_label(const std::string& folder, const FilmPlan& plan, std::size_t part);

/// The same at a glance: packets are passed over, so bytes that have changed among them are not noticed.
PartLabel glanced_label(const std::string& folder, const FilmPlan& plan, std::size_t part);

}  // namespace reelface
