// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "inference/checkpoint/byte_view.h"
#include "inference/checkpoint/pickled_object.h"

namespace reelface {

struct Unpickled {
  PickledObject object;
  std::size_t size_bytes = 0;  ///< where the pickle ended inside the bytes given
};

/// Reads one pickle of protocol 2 as torch.save writes it. A closed set of opcodes; nothing is imported, called or
/// executed: the few names on the list of pickle_globals.h stand for values that are built here. Bounded in size,
/// opcodes, values, memo and depth. Throws MalformedCheckpoint.
Unpickled unpickle(ByteView bytes);

}  // namespace reelface
