// SPDX-License-Identifier: Apache-2.0
#include "aligned_frames.h"

#include <algorithm>
#include <cmath>

#include "measure/frame_offset.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr int kFarthestOffset = 12;
constexpr int kThumbnailSide = 48;

ReadOptions read_options(const CompareReading& reading) {
  ReadOptions options;
  options.deinterlace = Deinterlace::kOff;  // both files are compared as they are stored
  options.decoder_threads = reading.decoder_threads;
  options.any_format = reading.any_format;
  return options;
}

/// How many first frames are looked at; fewer of large ones, because they wait in memory.
std::size_t frames_to_look_at(const VideoInfo& video) {
  constexpr double kPixels = 5e7;
  const double pixels = std::max(1.0, static_cast<double>(video.width) * video.height);
  return static_cast<std::size_t>(std::clamp(kPixels / pixels, 12.0, 48.0));
}

}  // namespace

TimedFrames::TimedFrames(const std::string& path, const ReadOptions& options, const CancelToken* cancel)
    : reader_(path, options, cancel) {}

bool TimedFrames::fill(std::size_t count) {
  while (ahead_.size() < count) {
    std::optional<MediaUnit> unit = reader_.next();
    if (!unit) return false;
    if (!unit->frame) continue;
    if (!first_seconds_) first_seconds_ = seconds(unit->frame->facts().pts, unit->frame->facts().time_base);
    ahead_.push_back(std::move(*unit->frame));
  }
  return true;
}

const Frame* TimedFrames::peek() {
  return fill(1) ? &ahead_.front() : nullptr;
}

double TimedFrames::peek_seconds() {
  const FrameFacts& facts = ahead_.front().facts();
  return seconds(facts.pts, facts.time_base) - *first_seconds_;
}

Frame TimedFrames::take() {
  Frame frame = std::move(ahead_.front());
  ahead_.pop_front();
  return frame;
}

std::vector<GreyImage8> TimedFrames::look_ahead(std::size_t count) {
  fill(count);
  std::vector<GreyImage8> copies;
  for (const Frame& frame : ahead_) copies.push_back(make_grey_copy(frame, kThumbnailSide));
  return copies;
}

FrameAligner::FrameAligner(const std::string& reference, const std::string& restored, const std::string& input,
                           const CompareReading& reading, const CancelToken* cancel)
    : reference_(reference, read_options(reading), cancel), restored_(restored, read_options(reading), cancel) {
  if (!input.empty()) input_ = std::make_unique<TimedFrames>(input, read_options(reading), cancel);
  if (!reading.mask.empty()) mask_ = std::make_unique<TimedFrames>(reading.mask, read_options(reading), cancel);
  if (reference_.info().video.frame_rate.is_known()) usual_step_ = 1 / reference_.info().video.frame_rate.value();

  // Behind: the other file's first frames show nothing of the reference's. Ahead: the reference's first frames have no
  // partner; then all files have to let them go.
  const std::size_t count = frames_to_look_at(reference_.info().video);
  const std::vector<GreyImage8> frames = reference_.look_ahead(count);
  facts_.restored_offset = find_frame_offset(frames, restored_.look_ahead(count), kFarthestOffset);
  if (input_) facts_.input_offset = find_frame_offset(frames, input_->look_ahead(count), kFarthestOffset);
  const int skipped = std::max({0, -facts_.restored_offset, -facts_.input_offset});
  const auto skip = [](TimedFrames& file, int frames_to_skip) {
    for (; frames_to_skip > 0 && file.peek(); --frames_to_skip) file.take();
    return file.peek() ? file.peek_seconds() : 0;
  };
  number_ = skipped;
  reference_start_ = skip(reference_, skipped);
  restored_start_ = skip(restored_, skipped + facts_.restored_offset);
  if (input_) input_start_ = skip(*input_, skipped + facts_.input_offset);
  if (mask_) skip(*mask_, skipped + facts_.input_offset);  // it has the input's times
}

std::vector<std::string> FrameAligner::size_change_notes() const {
  std::vector<std::string> notes;
  const TimedFrames* const files[] = {&reference_, &restored_, input_.get()};
  for (const TimedFrames* file : files) {
    if (!file) continue;
    const std::string text = size_change_text(file->damage());
    if (!text.empty()) notes.push_back("In " + printable(file->info().path) + " " + text + ".");
  }
  return notes;
}

std::optional<Frame> FrameAligner::partner(TimedFrames& other, double wanted, double tolerance, std::int64_t& extra) {
  for (; other.peek(); ++extra) {
    const double difference = other.peek_seconds() - wanted;
    if (difference > tolerance) return std::nullopt;
    Frame frame = other.take();
    if (difference >= -tolerance) return frame;
  }
  return std::nullopt;
}

std::optional<AlignedFrames> FrameAligner::next() {
  while (reference_.peek()) {
    const double at = reference_.peek_seconds();
    Frame reference = reference_.take();
    const std::int64_t number = number_++;
    if (reference_.peek()) usual_step_ = std::max(reference_.peek_seconds() - at, 1e-6);
    const double tolerance = 0.49 * usual_step_;
    const double since_start = at - reference_start_;
    std::int64_t extra_input = 0;
    std::optional<Frame> restored =
        partner(restored_, restored_start_ + since_start, tolerance, facts_.extra_in_restored);
    std::optional<Frame> input;
    if (input_) {
      input = partner(*input_, input_start_ + since_start, tolerance, extra_input);
      if (!input) ++facts_.missing_in_input;
    }
    std::optional<Frame> mask;
    if (mask_) mask = partner(*mask_, input_start_ + since_start, tolerance, extra_input);
    if (!restored) {
      ++facts_.missing_in_restored;
      continue;
    }
    return AlignedFrames{number, at, std::move(reference), std::move(*restored), std::move(input), std::move(mask)};
  }
  for (; restored_.peek(); restored_.take()) ++facts_.extra_in_restored;
  return std::nullopt;
}

}  // namespace reelface
