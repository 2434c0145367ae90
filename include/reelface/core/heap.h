#pragma once

namespace reelface {

/// Makes the C library keep what is freed for the next picture, in one heap for all threads. A program says it once,
/// before it starts threads; a library leaves the choice to the program.
void keep_freed_memory();

}  // namespace reelface
