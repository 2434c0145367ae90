#include "faces/temporal_blender.h"

#include <deque>
#include <iterator>
#include <map>

#include "carried_colour.h"
#include "carried_detail.h"
#include "core/finite.h"
#include "image/opencv_view.h"
#include "motion/float_pictures.h"
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
  std::deque<DetailFrame> details;  ///< newest first
  std::deque<ColourFrame> colours;  ///< newest first
};

}  // namespace

class TemporalBlender::Pieces {
 public:
  /// Steadies `picture`, which is the restoration.
  void blend(std::int64_t piece_id, double time_seconds, const CropStep::Crop& input, cv::Mat& picture,
             const CropStep* step, const MaskImage* mask) {
    forget_ended(time_seconds);
    Piece& piece = pieces_[piece_id];
    if (!piece.details.empty() && piece.details.front().detail.size() != picture.size()) piece = {};
    piece.last_seconds = time_seconds;

    ColourFrame colour = colour_frame(time_seconds, opencv_view(input->view()), picture);
    DetailFrame detail = detail_frame(time_seconds, input, picture, colour.shift);
    if (!piece.details.empty()) find_way_back(detail, piece.details.front(), step);
    picture += resized_to(steadier_shift(colour, piece.colours, kMemorySeconds), picture.size());
    steady_detail(picture, columns_seen(mask, picture.cols), detail, piece.details, kMemorySeconds);
    remember(piece, std::move(detail), std::move(colour));
  }

 private:
  void forget_ended(double time_seconds) {
    for (auto piece = pieces_.begin(); piece != pieces_.end();) {
      piece = time_seconds - piece->second.last_seconds > kMemorySeconds ? pieces_.erase(piece) : std::next(piece);
    }
  }

  static void remember(Piece& piece, DetailFrame detail, ColourFrame colour) {
    const double now = detail.time_seconds;
    if (!piece.details.empty()) piece.details.front().input.reset();  // only the newest leads on to the next frame
    detail.changed.release();
    piece.details.push_front(std::move(detail));
    if (piece.details.size() > kPastFrames) piece.details.pop_back();
    piece.colours.push_front(std::move(colour));
    while (now - piece.colours.back().time_seconds >= kMemorySeconds) piece.colours.pop_back();
  }

  std::map<std::int64_t, Piece> pieces_;
};

TemporalBlender::TemporalBlender() : pieces_(std::make_unique<Pieces>()) {}
TemporalBlender::~TemporalBlender() = default;
TemporalBlender::TemporalBlender(TemporalBlender&&) noexcept = default;
TemporalBlender& TemporalBlender::operator=(TemporalBlender&&) noexcept = default;

RgbImageF TemporalBlender::blend(std::int64_t piece_id, double time_seconds, const CropStep::Crop& input,
                                 RgbImageF restored, const CropStep* step, const MaskImage* mask) {
  const int side = input ? input->width : 0;
  const bool usable = side > 0 && input->height == side && restored.width == side && restored.height == side &&
                      (!mask || (mask->width == side && mask->height == side));
  if (!usable)
    throw Error(ExitCode::kInternal, "blending in time: crops must be square, and of one size with their mask");
  // One such value would spread over all that is averaged with it.
  if (!all_finite(restored.samples) || !all_finite(input->samples)) {
    throw Error(ExitCode::kInternal, "blending in time: a crop holds values that are not numbers");
  }
  cv::Mat picture = opencv_view(restored.view());
  pieces_->blend(piece_id, time_seconds, input, picture, step, mask);
  return restored;
}

void TemporalBlender::reset() {
  pieces_ = std::make_unique<Pieces>();
}

}  // namespace reelface
