// SPDX-License-Identifier: Apache-2.0
#include "layout/gallery_tiles.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <tuple>

#include "layout/block_signs.h"
#include "layout/plain_ground.h"

namespace reelface {
namespace {

constexpr int kLeastSide = 48;
constexpr double kFlattest = 2.4, kTallest = 0.45;  // width to height; bars and strips are neither
constexpr int kDeepest = 24;                        // parts of parts; a tile's side may take two lines
constexpr int kWidestGround = 24;                   // between two tiles
constexpr int kWidestFringe = 6;                    // of ground that is no longer plain beside a tile
constexpr int kLeastMovingSquares = 3;
constexpr std::size_t kLeastTiles = 2;

bool are_equal(const cv::Rect& one, const cv::Rect& other) {
  const auto near = [](int first, int second) { return std::abs(first - second) <= 2 + first / 100; };
  return near(one.width, other.width) && near(one.height, other.height);
}

bool is_shaped_like_a_tile(const cv::Rect& box) {
  return box.width <= kFlattest * box.height && box.width >= kTallest * box.height;
}

/// A picture, parted by the ground if that is known, and again and again along the strongest line across each part.
class PartedPicture {
 public:
  PartedPicture(const StillEdges& edges, const std::vector<cv::Rect>& on_ground)
      : edges_(edges), is_parted_by_ground_(!on_ground.empty()) {
    if (!is_parted_by_ground_) part({{}, edges.size()}, 0);
    if (is_parted_by_ground_) parts_.push_back({{{}, edges.size()}, {}});
    for (const cv::Rect& box : on_ground) {
      if (std::min(box.width, box.height) < kLeastSide) continue;
      const std::size_t number = part(box, 1);
      parts_[0].parts.push_back(number);
    }
  }

  /// Then no part has any at its sides.
  bool is_parted_by_ground() const { return is_parted_by_ground_; }

  /// Parts of which there are others, elsewhere, of the same size.
  bool has_equals(std::size_t number) const {
    const cv::Rect& box = parts_[number].box;
    return is_shaped_like_a_tile(box) && std::any_of(parts_.begin(), parts_.end(), [&box](const Part& other) {
             return (box & other.box).empty() && are_equal(box, other.box);
           });
  }

  struct Part {
    cv::Rect box;
    std::vector<std::size_t> parts;  ///< that it was parted into
  };
  const Part& at(std::size_t number) const { return parts_[number]; }

 private:
  std::size_t part(const cv::Rect& box, int depth) {
    const std::size_t number = parts_.size();
    parts_.push_back({box, {}});
    if (depth == kDeepest) return number;
    if (const auto line = edges_.strongest_across(box)) {
      cv::Rect first = box, second = box;
      if (line->is_upright) {
        first.width = line->place - box.x;
        second = {line->place, box.y, box.br().x - line->place, box.height};
      } else {
        first.height = line->place - box.y;
        second = {box.x, line->place, box.width, box.br().y - line->place};
      }
      for (const cv::Rect& half : {first, second}) {
        if (std::min(half.width, half.height) < kLeastSide) continue;
        const std::size_t part_of_it = part(half, depth + 1);
        parts_[number].parts.push_back(part_of_it);
      }
    }
    return number;
  }

  const StillEdges& edges_;
  bool is_parted_by_ground_;
  std::vector<Part> parts_;
};

class Gallery {
 public:
  Gallery(const StillEdges& edges, const PartedPicture& picture, const cv::Mat& moving)
      : edges_(edges), picture_(picture), moving_(moving) {
    if (holds_equals(0)) collect(0);
  }

  std::vector<cv::Rect> tiles() && {
    if (tiles_.size() < kLeastTiles) return {};
    std::sort(tiles_.begin(), tiles_.end(), [](const cv::Rect& one, const cv::Rect& other) {
      return std::tie(one.y, one.x) < std::tie(other.y, other.x);
    });
    return std::move(tiles_);
  }

 private:
  bool may_be_tile(std::size_t number) const {
    return picture_.has_equals(number) && shows_camera(picture_.at(number).box);
  }

  bool holds_equals(std::size_t number) const {
    const std::vector<std::size_t>& parts = picture_.at(number).parts;
    return std::any_of(parts.begin(), parts.end(),
                       [this](std::size_t part) { return may_be_tile(part) || holds_equals(part); });
  }

  /// A tile whose parts are not all tiles: a telephone's picture between bars, in several of them.
  bool is_tile_with_bars(std::size_t number) const {
    const std::vector<std::size_t>& parts = picture_.at(number).parts;
    return may_be_tile(number) && std::any_of(parts.begin(), parts.end(), [this](std::size_t part) {
             return !may_be_tile(part) && !holds_equals(part);
           });
  }

  /// A straight line inside of a room parts its tile as well. No other tile has parts of that size, so they are left
  /// together.
  void collect(std::size_t number) {
    if (holds_equals(number) && !is_tile_with_bars(number)) {
      for (const std::size_t part : picture_.at(number).parts) collect(part);
    } else if (shows_camera(picture_.at(number).box)) {
      tiles_.push_back(without_ground(picture_.at(number).box));
    }
  }

  /// Without what is between tiles, where that was not parted from it; to the sample, where the tile's side is seen.
  cv::Rect without_ground(cv::Rect box) const {
    const int most = picture_.is_parted_by_ground() ? kWidestFringe : kWidestGround;
    for (const bool is_upright : {true, false}) {
      const int length = is_upright ? box.width : box.height, reach = std::min(most, length / 4);
      const auto strip = [&](int from) {
        return is_upright ? cv::Rect(box.x + from, box.y, reach, box.height)
                          : cv::Rect(box.x, box.y + from, box.width, reach);
      };
      const auto last = edges_.strongest_across(strip(length - reach), is_upright);
      const auto first = edges_.strongest_across(strip(0), is_upright);
      int& begin = is_upright ? box.x : box.y;
      const int end = last ? last->place : begin + length;
      if (first) begin = first->place;
      (is_upright ? box.width : box.height) = end - begin;
    }
    return box;
  }

  bool shows_camera(const cv::Rect& box) const {
    const cv::Rect inside((box.x + kBlock - 1) / kBlock, (box.y + kBlock - 1) / kBlock, box.width / kBlock - 1,
                          box.height / kBlock - 1);
    return cv::countNonZero(moving_(inside & cv::Rect({}, moving_.size()))) >= kLeastMovingSquares;
  }

  const StillEdges& edges_;
  const PartedPicture& picture_;
  const cv::Mat& moving_;
  std::vector<cv::Rect> tiles_;
};

}  // namespace

std::vector<cv::Rect> gallery_tiles(const StillEdges& edges, const cv::Mat& moving) {
  const std::vector<cv::Rect> on_ground = parts_between(edges.ground());
  if (on_ground.size() >= kLeastTiles) {
    std::vector<cv::Rect> tiles = Gallery(edges, PartedPicture(edges, on_ground), moving).tiles();
    if (!tiles.empty()) return tiles;
  }
  return Gallery(edges, PartedPicture(edges, {}), moving).tiles();
}

}  // namespace reelface
