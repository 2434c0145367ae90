// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace reelface {

/// Has encoder libraries that print to stderr past libav's log (SVT-AV1) say nothing but errors. They listen to the
/// environment alone, which must not be changed while other threads read it: call this once, at the start of the
/// program and before it has threads. Does nothing where the user has chosen. A program that leaves it out works as
/// well, with chatter.
void quiet_encoders();

}  // namespace reelface
