// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace reelface {

/// 130 or 143, by the signal that came. Commands that were interrupted and have something to keep return it; those that
/// have not throw, and the program returns it for them.
int exit_code_after_interruption();

}  // namespace reelface
