// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "pipeline/stages/damage_look.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// What a few looks at a film have shown, on average.
struct DamageSeen {
  std::int64_t looks = 0;
  double noise = 0;   ///< levels of 0..255, of what changes from frame to frame
  double specks = 0;  ///< on a frame
};

void add_to(DamageSeen& seen, const DamageLook& look);

/// What would mend it, for people; empty where there is nothing to say, or too little was seen.
std::string advice_on(const DamageSeen& seen);

/// Looks at three frames in every few seconds, changes nothing, and tells what it saw: as soon as that is enough to say
/// something, else at the end of the film. Once.
Stage make_damage_notice_stage(std::function<void(const DamageSeen&)> tell);

}  // namespace reelface
