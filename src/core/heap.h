// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace reelface {

/// Makes the C library keep what is freed for the next picture, in one heap for all threads, and asks the system for
/// large pages for its first gibibyte. A program says it once, before it starts threads; a library leaves the choice to
/// the program.
void tune_heap();

}  // namespace reelface
