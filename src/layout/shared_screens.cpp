// SPDX-License-Identifier: Apache-2.0
#include "layout/shared_screens.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "layout/straight_edges.h"

namespace reelface {
namespace {

constexpr int kLeastMovingSquares = 6;  // less is a cursor, a clock or a small animation
constexpr double kTonedSide = 0.5;      // of a side's squares: what stands still beside a person belongs to the person

// What a screen is, at least: a share of the picture, and squares with letters or lines …
constexpr double kScreenShare = 0.05;
constexpr int kScreenSquares = 12;
// … next to those that a camera might have seen (a page may show photos), most of them still.
constexpr double kDrawnShare = 0.4, kStillShare = 0.5;

cv::Rect in_pixels(const cv::Rect& squares, cv::Size picture) {
  return cv::Rect(squares.x * kBlock, squares.y * kBlock, squares.width * kBlock, squares.height * kBlock) &
         cv::Rect({}, picture);
}

/// Parts of what a camera sees that are joined by less than a square; none reaches farther than before.
cv::Mat joined(const cv::Mat& moving) {
  cv::Mat result;
  cv::copyMakeBorder(moving, result, 2, 2, 2, 2, cv::BORDER_CONSTANT, cv::Scalar(0));
  cv::morphologyEx(result, result, cv::MORPH_CLOSE, cv::Mat::ones(3, 3, CV_8U));
  return result(cv::Rect(2, 2, moving.cols, moving.rows)).clone();
}

/// Rectangles of squares around what a camera sees.
class CameraPictures {
 public:
  CameraPictures(const cv::Mat& moving, const cv::Mat& toned, const StraightEdges& edges, cv::Size picture)
      : seen_(moving | toned), grid_({}, moving.size()), edges_(edges), picture_(picture) {
    cv::Mat labels, facts, centres;
    const int count = cv::connectedComponentsWithStats(joined(moving), labels, facts, centres, 8);
    for (int label = 1; label < count; ++label) {
      if (facts.at<int>(label, cv::CC_STAT_AREA) < kLeastMovingSquares) continue;
      boxes_.push_back(grown({facts.at<int>(label, cv::CC_STAT_LEFT), facts.at<int>(label, cv::CC_STAT_TOP),
                              facts.at<int>(label, cv::CC_STAT_WIDTH), facts.at<int>(label, cv::CC_STAT_HEIGHT)}));
    }
    join_overlapping();
  }

  const std::vector<cv::Rect>& boxes() const { return boxes_; }

 private:
  /// The squares beside a side of the box.
  static cv::Rect beside(const cv::Rect& box, BoxSide side) {
    switch (side) {
      case BoxSide::kLeft:
        return {box.x - 1, box.y, 1, box.height};
      case BoxSide::kRight:
        return {box.br().x, box.y, 1, box.height};
      case BoxSide::kTop:
        return {box.x, box.y - 1, box.width, 1};
      case BoxSide::kBottom:
        break;
    }
    return {box.x, box.br().y, box.width, 1};
  }

  bool may_grow(const cv::Rect& box, BoxSide side) const {
    const cv::Rect more = beside(box, side);
    return (more & grid_) == more && cv::countNonZero(seen_(more)) >= kTonedSide * more.area() &&
           !edges_.near(in_pixels(box, picture_), side, kBlock);
  }

  /// Up to straight edges, and as far as what stands still looks like a camera's picture.
  cv::Rect grown(cv::Rect box) const {
    for (bool grows = true; grows;) {
      grows = false;
      for (const BoxSide side : {BoxSide::kLeft, BoxSide::kRight, BoxSide::kTop, BoxSide::kBottom}) {
        if (!may_grow(box, side)) continue;
        box |= beside(box, side);
        grows = true;
      }
    }
    return box;
  }

  void join_overlapping() {
    for (std::size_t i = 0; i < boxes_.size(); ++i) {
      for (std::size_t other = i + 1; other < boxes_.size();) {
        if ((boxes_[i] & boxes_[other]).empty()) {
          ++other;
          continue;
        }
        boxes_[i] |= boxes_[other];
        boxes_.erase(boxes_.begin() + static_cast<std::ptrdiff_t>(other));
        other = i + 1;  // it may touch others now
      }
    }
  }

  cv::Mat seen_;
  cv::Rect grid_;
  const StraightEdges& edges_;
  cv::Size picture_;
  std::vector<cv::Rect> boxes_;
};

bool is_screen(const cv::Mat& area, const BlockSigns& blocks, const cv::Mat& still) {
  const cv::Mat drawn = blocks.drawn & area;
  const int letters = cv::countNonZero(drawn), tones = cv::countNonZero(blocks.toned & area);
  return cv::countNonZero(area) >= kScreenShare * static_cast<double>(area.total()) && letters >= kScreenSquares &&
         letters >= kDrawnShare * (letters + tones) && cv::countNonZero(drawn & still) >= kStillShare * letters;
}

/// Squares that belong to a screen, those of cameras left out.
cv::Mat screen_squares(const BlockSigns& blocks, const cv::Mat& still, const std::vector<cv::Rect>& cameras) {
  cv::Mat rest(blocks.plain.size(), CV_8U, cv::Scalar(255)), screens(rest.size(), CV_8U, cv::Scalar(0)), labels;
  for (const cv::Rect& camera : cameras) rest(camera).setTo(0);
  const int count = cv::connectedComponents(rest, labels, 4);
  for (int label = 1; label < count; ++label) {
    const cv::Mat area = labels == label;
    if (is_screen(area, blocks, still)) screens.setTo(255, area);
  }
  return screens;
}

/// All squares in which a tile's side may be seen.
std::vector<cv::Rect> squares_with(const std::vector<cv::Rect>& tiles, cv::Size grid) {
  constexpr int kFringe = 4;
  std::vector<cv::Rect> boxes;
  for (const cv::Rect& tile : tiles) {
    const cv::Point first = (tile.tl() - cv::Point(kFringe, kFringe)) / kBlock;
    const cv::Point last = (tile.br() + cv::Point(kFringe, kFringe)) / kBlock;
    boxes.push_back(cv::Rect(first, last + cv::Point(1, 1)) & cv::Rect({}, grid));
  }
  return boxes;
}

bool overlaps_any(const cv::Rect& box, const std::vector<cv::Rect>& others) {
  return std::any_of(others.begin(), others.end(), [&box](const cv::Rect& other) { return !(box & other).empty(); });
}

bool touches(const cv::Mat& screens, const cv::Rect& box) {
  const cv::Rect around = cv::Rect(box.x - 1, box.y - 1, box.width + 2, box.height + 2) & cv::Rect({}, screens.size());
  return cv::countNonZero(screens(around)) > 0;
}

}  // namespace

SharedScreens shared_screens(const BlockSigns& blocks, const BlockHistory& history, const cv::Mat& grey,
                             const std::vector<cv::Rect>& gallery) {
  const StraightEdges edges(grey);
  const CameraPictures cameras(history.moving & ~blocks.drawn, blocks.toned, edges, grey.size());
  const std::vector<cv::Rect> tiles = squares_with(gallery, blocks.plain.size());
  std::vector<cv::Rect> boxes = tiles;
  for (const cv::Rect& box : cameras.boxes()) {
    if (!overlaps_any(box, tiles)) boxes.push_back(box);
  }
  const cv::Mat squares = screen_squares(blocks, history.still, boxes);
  if (cv::countNonZero(squares) == 0) return {};
  SharedScreens screens;
  cv::resize(squares, screens.area, {squares.cols * kBlock, squares.rows * kBlock}, 0, 0, cv::INTER_NEAREST);
  screens.area = screens.area(cv::Rect({}, grey.size())).clone();
  // A square at a camera's edge shows both. What lies before the edge is the screen's.
  screens.tiles = gallery;
  for (std::size_t number = 0; number < boxes.size(); ++number) {
    if (!touches(squares, boxes[number])) continue;
    const cv::Rect pixels = in_pixels(boxes[number], grey.size());
    screens.area(pixels).setTo(255);
    if (number >= gallery.size()) screens.tiles.push_back(edges.snapped(pixels, kBlock));
  }
  for (const cv::Rect& tile : screens.tiles) screens.area(tile).setTo(0);
  return screens;
}

}  // namespace reelface
