// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace reelface {

/// From here on this thread, and all that it starts, never have more rights than now: programs that lend the rights of
/// others (setuid) lend them none. For whoever reads what strangers have made.
void renounce_new_rights();

}  // namespace reelface
