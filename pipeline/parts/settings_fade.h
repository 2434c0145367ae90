// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/parts/film_stretch.h"
#include "pipeline/parts/settings_spans.h"

namespace reelface {

/// Leads the first frames of a span over from the settings that hold before it.
class SettingsFade {
 public:
  /// Leads nothing over.
  SettingsFade() = default;
  /// Restores, with the settings `before` the span, those of the stretch's frames in which it still fades; they are
  /// kept.
  SettingsFade(const KnownFilm& film, const RestoreOptions& before, const SettingsSpan& span,
               const PlannedPart& stretch, const CancelToken* cancel);

  /// The frame as it is between both.
  void apply(std::int64_t number, Frame& frame) const;

 private:
  SettingsSpan span_;
  std::int64_t first_ = 0;  ///< of those kept
  std::vector<Frame> before_;
};

}  // namespace reelface
