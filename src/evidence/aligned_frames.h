// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "image/small_copy.h"
#include "reelface/media/video_reader.h"

namespace reelface {

/// The frames of one file with their times since its first frame.
class TimedFrames {
 public:
  TimedFrames(const std::string& path, const ReadOptions& options, const CancelToken* cancel);

  const MediaInfo& info() const { return reader_.info(); }
  DamageReport damage() const { return reader_.damage(); }

  /// The next frame without taking it; null at the end.
  const Frame* peek();
  double peek_seconds();
  Frame take();

  /// Small grey copies of the first frames, which stay to be taken.
  std::vector<GreyImage8> look_ahead(std::size_t count);

 private:
  bool fill(std::size_t count);

  VideoReader reader_;
  std::deque<Frame> ahead_;
  std::optional<double> first_seconds_;
};

/// Frames of the compared files that show the same moment.
struct AlignedFrames {
  std::int64_t number = 0;  ///< of the reference's frame
  double seconds = 0;
  Frame reference;
  Frame restored;
  std::optional<Frame> input;
  std::optional<Frame> mask{};  ///< of damage in the input
};

/// Where the files do not fit together.
struct AlignmentFacts {
  int restored_offset = 0;  ///< frames the restored file is behind the reference
  int input_offset = 0;
  std::int64_t missing_in_restored = 0;  ///< frames of the reference without a partner
  std::int64_t missing_in_input = 0;
  std::int64_t extra_in_restored = 0;  ///< frames of the restored file without a partner
};

/// How the compared files are read.
struct CompareReading {
  int decoder_threads = 1;
  bool any_format = false;
  std::string mask{};  ///< a film of the masks of damage in the input; empty: none
};

/// Walks through the files side by side, by time. A constant offset in frames is found from the first frames and taken
/// out. Thread-safety: one call at a time.
class FrameAligner {
 public:
  FrameAligner(const std::string& reference, const std::string& restored, const std::string& input,
               const CompareReading& reading, const CancelToken* cancel);

  std::optional<AlignedFrames> next();

  const AlignmentFacts& facts() const { return facts_; }
  const MediaInfo& reference_info() const { return reference_.info(); }
  const MediaInfo& restored_info() const { return restored_.info(); }
  const MediaInfo* mask_info() const { return mask_ ? &mask_->info() : nullptr; }
  const MediaInfo* input_info() const { return input_ ? &input_->info() : nullptr; }

  /// What was done to pictures that change their size on the way, a sentence for each such file. Complete at the end.
  std::vector<std::string> size_change_notes() const;

 private:
  std::optional<Frame> partner(TimedFrames& other, double seconds, double tolerance, std::int64_t& extra);

  TimedFrames reference_;
  TimedFrames restored_;
  std::unique_ptr<TimedFrames> input_, mask_;
  AlignmentFacts facts_;
  std::int64_t number_ = 0;
  double usual_step_ = 0.04;
  double reference_start_ = 0;  ///< what an offset skipped
  double restored_start_ = 0;
  double input_start_ = 0;
};

}  // namespace reelface
