#pragma once

#include "reelface/image/frame.h"
#include "reelface/restore/face_work.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// What `--compare` writes in place of the result: both pictures, or where the faces and their masks are.
/// `coded_to_frame` maps the decoded picture's coordinates to those of these two (an enlargement).
Frame compare_view(CompareMode mode, const Frame& before, const Frame& after, const FaceWork* work,
                   const Affine& coded_to_frame);

/// Size of the pictures that compare_view() makes.
FrameFacts compare_view_facts(CompareMode mode, const FrameFacts& facts);

}  // namespace reelface
