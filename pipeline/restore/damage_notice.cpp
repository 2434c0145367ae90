// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/damage_notice.h"

#include "core/spelled_number.h"
#include "pipeline/stages/damage_notice_stage.h"
#include "reelface/core/log.h"

namespace reelface {

LineEditor noticing_damage() {
  return [](Line& line) {
    const std::string first = line.steps().empty() ? std::string() : name_of(line.steps().front());
    line.insert_before(first, make_damage_notice_stage([](const DamageSeen& seen) {
                         log_debug(std::to_string(seen.looks) + " looks at the whole picture: noise of " +
                                   spelled(seen.noise, 3) + " levels, " + spelled(seen.specks, 3) +
                                   " specks on a frame");
                         if (const std::string advice = advice_on(seen); !advice.empty()) log_warning(advice);
                       }));
  };
}

}  // namespace reelface
