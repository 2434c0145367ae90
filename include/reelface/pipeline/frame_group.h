// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "reelface/image/frame.h"
#include "reelface/pipeline/work_slots.h"

namespace reelface {

class EncodedPacket;

/// A frame that nobody changes any more.
using SharedFrame = std::shared_ptr<const Frame>;

/// One frame on its way from the reader to the writer, with the copied packets that come before it in the file.
struct FrameJob {
  std::int64_t index = 0;  ///< counted from 0 in display order; a job that only carries packets has the next frame's
  std::optional<Frame> frame;  ///< as it is now
  SharedFrame original;        ///< as it was read; only up to the last step that says it needs it
  std::vector<std::shared_ptr<const EncodedPacket>> packets;
  WorkSlots work;  ///< what the steps have found out about it
  /// The frames behind it that show the same samples, with their packets: no step works on them. Behind the line they
  /// are jobs of their own again. A job that has no frame and yet repeats goes on with those of the job before it.
  std::vector<FrameJob> repeats;
  bool is_repeat = false;  ///< behind the line: it shows the frame before it once more, and all work is that one's

  /// The last frame that shows this job's picture.
  std::int64_t last_index() const { return repeats.empty() ? index : repeats.back().index; }
};

/// The message of the graph: consecutive frames. Batches for the network are formed from one group's faces, so they are
/// the same in every run, whatever the timing. Exactly one node works on a group at a time.
struct FrameGroup {
  std::size_t sequence = 0;
  bool is_last = false;  ///< the empty group behind the last frame: stages that hold groups back let go of them
  std::vector<FrameJob> jobs;

  std::int64_t first_index() const { return jobs.empty() ? -1 : jobs.front().index; }

  /// False for a group that only carries packets: a long stretch of sound without a picture, or what follows the last
  /// frame. Look-ahead stages then give back what they hold, because held groups count against the graph's limit.
  bool has_frames() const {
    for (const FrameJob& job : jobs) {
      if (job.frame) return true;
    }
    return false;
  }
};

using FrameGroupPtr = std::shared_ptr<FrameGroup>;

}  // namespace reelface
