#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "reelface/image/frame.h"

namespace reelface {

class EncodedPacket;
struct FaceWork;

/// One frame on its way from the reader to the writer, with the copied packets that stood before it in the file.
/// What the face stages find out about it hangs on `faces`; "no face" is an empty list there, never a missing job.
struct FrameJob {
  std::int64_t index = 0;      ///< counted from 0 in display order; a job that only carries packets has the next frame's
  std::optional<Frame> frame;
  std::vector<std::shared_ptr<const EncodedPacket>> packets;
  std::shared_ptr<FaceWork> faces;
};

/// The message of the graph: consecutive frames. Batches for the network are formed from one group's faces, so they are
/// the same in every run, whatever the timing. Exactly one node works on a group at a time.
struct FrameGroup {
  std::size_t sequence = 0;
  bool is_last = false;  ///< the empty group behind the last frame: stages that hold groups back let go of them
  std::vector<FrameJob> jobs;

  std::int64_t first_index() const { return jobs.empty() ? -1 : jobs.front().index; }

  /// False for a group that only carries packets: nothing but sound for a long while, or behind the last frame. Stages
  /// that look ahead stop waiting then, because groups held back count against the graph's limit.
  bool has_frames() const {
    for (const FrameJob& job : jobs) {
      if (job.frame) return true;
    }
    return false;
  }
};

using FrameGroupPtr = std::shared_ptr<FrameGroup>;

}  // namespace reelface
