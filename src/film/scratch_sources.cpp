// SPDX-License-Identifier: Apache-2.0
#include "film/scratch_sources.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <utility>

#include "motion/resampling.h"

namespace reelface {
namespace {

// Lengths for a picture 480 lines high.
constexpr int kRows = 8;   // of a piece
constexpr int kNear = 3;   // samples beside it that it may still disturb
constexpr int kSides = 8;  // samples on each side that say how the picture moves and whether the other shows the same
constexpr double kSpread = 0.7;  // pixels, rms: motions that differ more are not of one thing
constexpr double kBetter = 0.8;  // of what bridging it across would be wrong by

/// Part of a scratch, and the samples on its sides.
struct Piece {
  cv::Rect box;
  cv::Mat mask;   ///< of the box
  cv::Rect area;  ///< with its sides
  cv::Mat sides;  ///< of the area
};

std::optional<Piece> piece_at(const Scratch& scratch, const cv::Mat& mask, int first_row, cv::Size frame) {
  const int unit = unit_of(frame), rows = std::min(kRows * unit, scratch.box.height - first_row);
  const cv::Mat rows_of_mask = mask.rowRange(first_row, first_row + rows);
  const cv::Rect covered = cv::boundingRect(rows_of_mask);
  if (covered.empty()) return std::nullopt;
  Piece piece;
  piece.box = covered + scratch.box.tl() + cv::Point(0, first_row);
  piece.mask = rows_of_mask(covered).clone();
  const int reach = (kNear + kSides) * unit, near = kNear * unit;
  const cv::Rect inside({}, frame);
  piece.area = cv::Rect(piece.box.x - reach, piece.box.y, piece.box.width + 2 * reach, piece.box.height) & inside;
  piece.sides = cv::Mat(piece.area.size(), CV_8U, 255);
  const cv::Rect hidden(piece.box.x - near, piece.box.y, piece.box.width + 2 * near, piece.box.height);
  piece.sides((hidden & piece.area) - piece.area.tl()).setTo(0);
  if (cv::countNonZero(piece.sides) < kSides * unit * rows) return std::nullopt;  // at the picture's edge
  return piece;
}

/// How wrong it would be to go straight from one side to the other, as tried beside it.
double error_across(const cv::Mat& grey, const Piece& piece) {
  const int half = piece.box.width / 2 + 1;
  double sum = 0;
  int count = 0;
  for (int y = 0; y < piece.area.height; ++y) {
    const auto* row = grey.ptr<float>(piece.area.y + y);
    for (int x = half; x + half < piece.area.width; ++x) {
      const auto is_side = [&](int at) { return piece.sides.at<std::uint8_t>(y, at) != 0; };
      if (!is_side(x) || !is_side(x - half) || !is_side(x + half)) continue;
      const int at = piece.area.x + x;
      sum += std::abs(row[at] - 0.5F * (row[at - half] + row[at + half]));
      ++count;
    }
  }
  return count > 0 ? sum / count : 0;
}

/// How the sides move, where they do so together.
std::optional<cv::Vec2f> motion_of(const Piece& piece, const Motion& motion) {
  cv::Scalar mean, deviation;
  cv::meanStdDev(motion(piece.area), mean, deviation, piece.sides);
  if (std::hypot(deviation[0], deviation[1]) > kSpread) return std::nullopt;
  return cv::Vec2f(static_cast<float>(mean[0]), static_cast<float>(mean[1]));
}

/// Where the lines of that frame lie, in this one's area: what the piece hides must be clear of them, and its sides say
/// nothing there. False where it is hidden as well.
bool leave_out_lines(Piece& piece, cv::Vec2f motion, const ScratchSource& source, int half_width) {
  const cv::Size frame = source.grey.size();
  const int row = std::clamp(piece.box.y + piece.box.height / 2 + cvRound(motion[1]), 0, frame.height - 1);
  const int reach = half_width + unit_of(frame);
  for (const VerticalLine& line : source.lines) {
    const int middle = cvRound(line.place_at(row, frame.height) - motion[0]);
    const cv::Rect covered(middle - reach, piece.area.y, 2 * reach + 1, piece.area.height);
    if ((covered & piece.box).area() > 0) return false;
    const cv::Rect inside = covered & piece.area;
    if (!inside.empty()) piece.sides(inside - piece.area.tl()).setTo(0);
  }
  return true;
}

bool is_in_picture(const Piece& piece, cv::Vec2f motion, cv::Size frame) {
  const cv::Rect there = piece.area + cv::Point(cvRound(motion[0]), cvRound(motion[1]));
  return (there & cv::Rect({}, frame)) == there;
}

/// By how much the piece is lighter than its sides.
double standing_out(const cv::Mat& area, const Piece& piece) {
  return cv::mean(area(piece.box - piece.area.tl()), piece.mask)[0] - cv::mean(area, piece.sides)[0];
}

/// Fills in from where, if this source shows what is around; returns how wrong it is there.
std::optional<double> try_source(Piece piece, const cv::Mat& grey, const ScratchSource& source, int half_width,
                                 Defect& filled) {
  const std::optional<cv::Vec2f> motion = motion_of(piece, source.motion);
  if (!motion || !is_in_picture(piece, *motion, grey.size())) return std::nullopt;
  piece.sides = piece.sides.clone();
  if (!leave_out_lines(piece, *motion, source, half_width)) return std::nullopt;
  if (cv::countNonZero(piece.sides) < kSides * unit_of(grey.size()) * piece.area.height) return std::nullopt;
  constexpr int kFilter = 3;  // samples that the filter reaches
  const cv::Rect patch =
      around(piece.area + cv::Point(cvRound((*motion)[0]), cvRound((*motion)[1])), kFilter, grey.size());
  const cv::Point2f shift = cv::Point2f((*motion)[0], (*motion)[1]) + cv::Point2f(piece.area.tl() - patch.tl());
  const RowReader reader(source.grey(patch), Resampling::kCubic);
  const Motion offsets(piece.area.size(), CV_32FC2, cv::Scalar(shift.x, shift.y));
  cv::Mat matched(piece.area.size(), CV_32F);
  for (int y = 0; y < matched.rows; ++y) reader.read(offsets, y, {0, matched.cols}, matched.ptr<float>(y));
  constexpr double kAlsoThere = 0.6;  // of how it stands out here: a line that was not found in that frame
  if (standing_out(matched, piece) / standing_out(grey(piece.area), piece) > kAlsoThere) return std::nullopt;
  const cv::Mat difference = grey(piece.area) - matched;
  filled.filled_from = source.offset;
  filled.light = cv::mean(difference, piece.sides)[0];
  filled.motion = Motion(piece.box.size(), CV_32FC2, cv::Scalar((*motion)[0], (*motion)[1]));
  return cv::mean(cv::abs(difference - cv::Scalar(filled.light)), piece.sides)[0];
}

}  // namespace

std::vector<Defect> pieces_shown_elsewhere(const Scratch& scratch, const cv::Mat& grey,
                                           const std::vector<ScratchSource>& sources) {
  std::vector<Defect> pieces;
  const cv::Mat mask = mask_of(scratch, grey.size());
  for (int row = 0; row < scratch.box.height; row += kRows * unit_of(grey.size())) {
    const std::optional<Piece> piece = piece_at(scratch, mask, row, grey.size());
    if (!piece) continue;
    double least = kBetter * error_across(grey, *piece);
    std::optional<Defect> best;
    for (const ScratchSource& source : sources) {
      Defect defect;
      defect.box = piece->box, defect.mask = piece->mask;
      const std::optional<double> error = try_source(*piece, grey, source, scratch.half_width, defect);
      if (!error || *error >= least) continue;
      least = *error;
      best = std::move(defect);
    }
    if (best) pieces.push_back(std::move(*best));
  }
  return pieces;
}

}  // namespace reelface
