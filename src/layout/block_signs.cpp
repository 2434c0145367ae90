// SPDX-License-Identifier: Apache-2.0
#include "layout/block_signs.h"

#include <opencv2/imgproc.hpp>

namespace reelface {
namespace {

// Steps from a pixel to the next, in levels: what is no step, what belongs to a tone, what is an edge of something
// drawn.
constexpr double kNoStep = 2, kMostOfTones = 16, kEdge = 32;

// Shares of a square. Rendered text and slides at 360 to 720 lines, compressed or not: of squares that are not plain,
// a half has more than twice these edges; people and rooms, 320 to 720 lines: one in ten has as many.
constexpr double kPlainShare = 0.97, kLeastEdges = 0.03, kEdgesAmongSteps = 0.4;

constexpr double kSameLevel = 2, kChangedShare = 0.02;

/// How much of each square is set, CV_32F; the last squares by what they have of the picture, repeated.
cv::Mat shares_of_blocks(const cv::Mat& set) {
  const int right = (kBlock - set.cols % kBlock) % kBlock, below = (kBlock - set.rows % kBlock) % kBlock;
  cv::Mat whole = set, shares;
  if (right > 0 || below > 0) cv::copyMakeBorder(set, whole, 0, below, 0, right, cv::BORDER_REFLECT);
  cv::resize(whole, shares, {whole.cols / kBlock, whole.rows / kBlock}, 0, 0, cv::INTER_AREA);
  shares.convertTo(shares, CV_32F, 1.0 / 255);
  return shares;
}

/// The larger one of the steps to the right and down; none leads out of the picture.
cv::Mat steps_of(const cv::Mat& grey) {
  cv::Mat steps(grey.size(), CV_8U, cv::Scalar(0)), down(grey.size(), CV_8U, cv::Scalar(0));
  const auto within = [](const cv::Mat& picture, int x, int y, int width, int height) {
    return picture(cv::Rect(x, y, width, height));
  };
  const int columns = grey.cols - 1, rows = grey.rows - 1;
  if (columns > 0)
    cv::absdiff(within(grey, 1, 0, columns, grey.rows), within(grey, 0, 0, columns, grey.rows),
                within(steps, 0, 0, columns, grey.rows));
  if (rows > 0)
    cv::absdiff(within(grey, 0, 1, grey.cols, rows), within(grey, 0, 0, grey.cols, rows),
                within(down, 0, 0, grey.cols, rows));
  return cv::max(steps, down);
}

}  // namespace

BlockSigns block_signs(const cv::Mat& grey) {
  const cv::Mat steps = steps_of(grey);
  const cv::Mat even = shares_of_blocks(steps <= kNoStep), edges = shares_of_blocks(steps > kEdge);
  const cv::Mat tones = shares_of_blocks((steps > kNoStep) & (steps <= kMostOfTones));
  BlockSigns signs;
  signs.plain = even >= kPlainShare;
  signs.drawn = (edges >= kLeastEdges) & (edges * (1 - kEdgesAmongSteps) > tones * kEdgesAmongSteps) & ~signs.plain;
  signs.toned = ~(signs.plain | signs.drawn);
  return signs;
}

cv::Mat changed_blocks(const cv::Mat& before, const cv::Mat& now) {
  cv::Mat difference;
  cv::absdiff(before, now, difference);
  return shares_of_blocks(difference > kSameLevel) >= kChangedShare;
}

}  // namespace reelface
