// SPDX-License-Identifier: Apache-2.0
#include "faces/temporal_blender.h"

#include <deque>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "blended_frame.h"
#include "core/finite.h"
#include "image/opencv_view.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr std::size_t kPastFrames = 5;

/// From the first to the last pixel of each row that the mask does not hide.
std::vector<Columns> columns_seen(const MaskImage* mask, int side) {
  std::vector<Columns> columns(static_cast<std::size_t>(side), Columns{0, side});
  if (!mask) return columns;
  const float* weights = mask->weights.data();
  for (Columns& row : columns) {
    while (row.first < row.end && weights[row.first] == 0) ++row.first;
    while (row.end > row.first && weights[row.end - 1] == 0) --row.end;
    weights += side;
  }
  return columns;
}

struct Piece {
  double last_seconds = 0;
  CropStep::Crop last_input;
  std::deque<SharedBlendedFrame> frames;  ///< newest first
  std::deque<ColourFrame> colours;        ///< newest first
};

bool are_squares_of_one_size(const RgbImageF* input, const RgbImageF& restored) {
  return input && input->width > 0 && input->height == input->width && restored.width == input->width &&
         restored.height == input->width;
}

[[noreturn]] void refuse_sizes() {
  throw Error(ExitCode::kInternal, "blending in time: crops must be square, and of one size with their mask");
}

}  // namespace

class TemporalBlender::Pieces {
 public:
  void remember(std::int64_t piece_id, const SharedBlendedFrame& frame, SharedStep step) {
    const double now = frame->time_seconds();
    forget_ended(now);
    Piece& piece = pieces_[piece_id];
    if (!piece.frames.empty() && piece.frames.front()->size() != frame->size()) piece = {};
    const FrameBefore before = {piece.last_input, piece.last_seconds};
    piece.last_input = frame->input();
    piece.last_seconds = now;
    frame->follow({piece.frames.begin(), piece.frames.end()}, piece.colours, before, std::move(step));

    piece.frames.push_front(frame);
    if (piece.frames.size() > kPastFrames) piece.frames.pop_back();
    piece.colours.push_front(frame->colour());
    while (now - piece.colours.back().time_seconds >= kMemorySeconds) piece.colours.pop_back();
  }

 private:
  void forget_ended(double time_seconds) {
    for (auto piece = pieces_.begin(); piece != pieces_.end();) {
      piece = time_seconds - piece->second.last_seconds > kMemorySeconds ? pieces_.erase(piece) : std::next(piece);
    }
  }

  std::map<std::int64_t, Piece> pieces_;
};

TemporalBlender::TemporalBlender() : pieces_(std::make_unique<Pieces>()) {}
TemporalBlender::~TemporalBlender() = default;
TemporalBlender::TemporalBlender(TemporalBlender&&) noexcept = default;
TemporalBlender& TemporalBlender::operator=(TemporalBlender&&) noexcept = default;

SharedBlendedFrame TemporalBlender::look(double time_seconds, const CropStep::Crop& input, const RgbImageF& restored) {
  if (!are_squares_of_one_size(input.get(), restored)) refuse_sizes();
  // One such value would spread over all that is averaged with it.
  if (!all_finite(restored.samples) || !all_finite(input->samples)) {
    throw Error(ExitCode::kInternal, "blending in time: a crop holds values that are not numbers");
  }
  return std::make_shared<BlendedFrame>(time_seconds, input, opencv_view(restored.view()));
}

void TemporalBlender::remember(std::int64_t piece_id, const SharedBlendedFrame& frame, SharedStep step) {
  pieces_->remember(piece_id, frame, std::move(step));
}

void TemporalBlender::steady(BlendedFrame& frame, RgbImageF& restored, const MaskImage* mask) {
  const int side = restored.width;
  if (frame.size() != cv::Size(side, restored.height) || (mask && (mask->width != side || mask->height != side)))
    refuse_sizes();
  cv::Mat picture = opencv_view(restored.view());
  frame.steady(picture, columns_seen(mask, side));
}

RgbImageF TemporalBlender::blend(std::int64_t piece_id, double time_seconds, const CropStep::Crop& input,
                                 RgbImageF restored, SharedStep step, const MaskImage* mask) {
  const SharedBlendedFrame frame = look(time_seconds, input, restored);
  remember(piece_id, frame, std::move(step));
  steady(*frame, restored, mask);
  return restored;
}

void TemporalBlender::reset() {
  pieces_ = std::make_unique<Pieces>();
}

}  // namespace reelface
