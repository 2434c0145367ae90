// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/libav/ptr.h"

namespace reelface {

/// A packet on its way from the input to the output. Stamps are in `time_base` ticks, with the input's common start
/// offset already taken off.
class EncodedPacket {
 public:
  PacketPtr packet;
  int input_stream = 0;
  AVRational time_base{1, 1};
};

}  // namespace reelface
