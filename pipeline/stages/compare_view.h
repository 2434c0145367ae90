// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/image/affine.h"
#include "reelface/image/frame.h"
#include "reelface/pipeline/work_slots.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// What `--compare` writes in place of the result: both pictures, where the faces and their masks are, what is
/// repaired, or what was taken away.
/// `coded_to_frame` maps the decoded picture's coordinates to those of these two (an enlargement).
Frame compare_view(CompareMode mode, const Frame& before, const Frame& after, const WorkSlots& work,
                   const Affine& coded_to_frame);

/// Size of the pictures that compare_view() makes.
FrameFacts compare_view_facts(CompareMode mode, const FrameFacts& facts);

}  // namespace reelface
