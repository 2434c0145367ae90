// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace reelface {

/// Call first of all. Whoever starts a program may have closed its stdin, stdout or stderr; the next files it opens
/// would get their numbers, and what is printed would go into a film. Reading and writing closed ones goes on failing.
void reserve_standard_streams();

/// Hands on all that was printed on stdout. Throws Error(kOutputUnwritable) if any of it was lost, now or before.
void flush_stdout();

}  // namespace reelface
