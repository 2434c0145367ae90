// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "pipeline/parts/film_index.h"
#include "reelface/core/cancel_token.h"
#include "reelface/core/error.h"
#include "reelface/media/video_reader.h"
#include "reelface/parts/film_plan.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// The frames that were decoded are not those that were seen when the film was planned.
class OtherFrames : public Error {
 public:
  explicit OtherFrames(const std::string& what);
};

/// The frames of one part with its warm-up and look-ahead, numbered as in the whole film, each proven to be the one
/// that the look-over saw. Throws OtherFrames. Packets to copy are left out.
class PartSource : public FrameSource {
 public:
  /// All outlive the source. `reader` begins at or before the part's first frame.
  PartSource(VideoReader& reader, const FilmIndex& index, const PlannedPart& part, std::size_t frames_per_group,
             const CancelToken* cancel)
      : reader_(reader),
        index_(index),
        frames_per_group_(frames_per_group),
        cancel_(cancel),
        next_(part.read_from),
        end_(part.read_to) {}

  FrameGroupPtr next() override;

 private:
  std::optional<Frame> next_frame();
  void prove(Frame& frame) const;

  VideoReader& reader_;
  const FilmIndex& index_;
  std::size_t frames_per_group_;
  const CancelToken* cancel_;
  std::int64_t next_;
  std::int64_t end_;
  bool began_ = false;
  std::size_t next_sequence_ = 0;
  bool ended_ = false;
};

}  // namespace reelface
