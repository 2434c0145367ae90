// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/settings_fade.h"

#include <algorithm>

#include "image/mixed_frame.h"

namespace reelface {

SettingsFade::SettingsFade(const KnownFilm& film, const RestoreOptions& before, const SettingsSpan& span,
                           const PlannedPart& stretch, const CancelToken* cancel)
    : span_(span), first_(stretch.first_frame) {
  const std::int64_t end = std::min(stretch.end_frame, span.fade_end);
  if (first_ >= end) return;
  StretchContext context;
  context.cancel = cancel;
  before_ = restore_stretch(film, before, stretch_of(film, before, first_, end), context);
}

void SettingsFade::apply(std::int64_t number, Frame& frame) const {
  const std::int64_t place = number - first_;
  if (place < 0 || place >= static_cast<std::int64_t>(before_.size())) return;
  mix_in(frame, before_[static_cast<std::size_t>(place)], span_.share_at(number));
}

}  // namespace reelface
