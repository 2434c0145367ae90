// SPDX-License-Identifier: Apache-2.0
#include "layout/plain_ground.h"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <tuple>

namespace reelface {
namespace {

constexpr int kSpread = 5;            // levels: what compression does beside a picture
constexpr double kWholeShare = 0.96;  // of a row or column that is ground from end to end
constexpr int kLeastLines = 3;        // rows or columns of ground; fewer are a line
constexpr int kDeepest = 16;          // parts of parts

/// For each column, or each row, the share of what is set (255) in a box.
cv::Mat shares(const cv::Mat& set, bool by_rows) {
  cv::Mat sums;
  cv::reduce(set, sums, by_rows ? 1 : 0, cv::REDUCE_AVG, CV_64F);
  return sums.reshape(1, 1) / 255;
}

/// How light each column, or row, is that has one light from end to end, as votes by level.
void count_plain_lines(const cv::Mat& grey, bool by_rows, std::array<int, 256>& votes) {
  cv::Mat means, all, differences;
  cv::reduce(grey, means, by_rows ? 1 : 0, cv::REDUCE_AVG, CV_8U);
  cv::repeat(means, by_rows ? 1 : grey.rows, by_rows ? grey.cols : 1, all);
  cv::absdiff(grey, all, differences);
  const cv::Mat plain = shares(differences <= kSpread, by_rows);
  for (int line = 0; line < plain.cols; ++line) {
    if (plain.at<double>(line) >= kWholeShare) ++votes[means.at<std::uint8_t>(line)];
  }
}

std::optional<int> ground_level(const cv::Mat& grey) {
  std::array<int, 256> votes{};
  for (const bool by_rows : {false, true}) count_plain_lines(grey, by_rows, votes);
  const auto most = std::max_element(votes.begin(), votes.end());
  if (*most < kLeastLines) return std::nullopt;
  return static_cast<int>(most - votes.begin());
}

/// Lines from `begin` to before `end`.
struct Run {
  int begin = 0, end = 0;
  int length() const { return end - begin; }
};

/// The widest strip of ground inside of the box that does not touch its sides.
Run widest_strip(const cv::Mat& ground, bool by_rows) {
  const cv::Mat along = shares(ground, by_rows);
  Run widest, run;
  for (int line = 1; line < along.cols; ++line) {
    const bool is_ground = along.at<double>(line) >= kWholeShare;
    if (is_ground && run.length() == 0) run = {line, line};
    if (is_ground) ++run.end;
    if (!is_ground) run = {};
    if (run.end < along.cols && run.length() > widest.length()) widest = run;
  }
  return widest;
}

/// Without the rows and columns of ground at the box's sides.
cv::Rect without_sides(const cv::Mat& ground, cv::Rect box) {
  for (const bool by_rows : {false, true}) {
    if (box.empty()) return {};
    const cv::Mat along = shares(ground(box), by_rows);
    Run kept{0, along.cols};
    while (kept.length() > 0 && along.at<double>(kept.begin) >= kWholeShare) ++kept.begin;
    while (kept.length() > 0 && along.at<double>(kept.end - 1) >= kWholeShare) --kept.end;
    (by_rows ? box.y : box.x) += kept.begin;
    (by_rows ? box.height : box.width) = kept.length();
  }
  return box;
}

void part(const cv::Mat& ground, const cv::Rect& whole, int depth, std::vector<cv::Rect>& parts) {
  const cv::Rect box = without_sides(ground, whole);
  if (box.empty()) return;
  const Run columns = widest_strip(ground(box), false), rows = widest_strip(ground(box), true);
  const bool by_rows = rows.length() > columns.length();
  const Run& strip = by_rows ? rows : columns;
  if (strip.length() < kLeastLines || depth == kDeepest) {
    parts.push_back(box);
    return;
  }
  cv::Rect first = box, second = box;
  (by_rows ? first.height : first.width) = strip.begin;
  (by_rows ? second.y : second.x) += strip.end;
  (by_rows ? second.height : second.width) -= strip.end;
  part(ground, first, depth + 1, parts);
  part(ground, second, depth + 1, parts);
}

}  // namespace

cv::Mat plain_ground(const cv::Mat& grey) {
  const std::optional<int> level = grey.empty() ? std::nullopt : ground_level(grey);
  if (!level) return cv::Mat(grey.size(), CV_8U, cv::Scalar(0));
  cv::Mat differences;
  cv::absdiff(grey, cv::Scalar(*level), differences);
  return differences <= kSpread;
}

std::vector<cv::Rect> parts_between(const cv::Mat& ground) {
  std::vector<cv::Rect> parts;
  part(ground, {{}, ground.size()}, 0, parts);
  std::sort(parts.begin(), parts.end(), [](const cv::Rect& one, const cv::Rect& other) {
    return std::tie(one.y, one.x) < std::tie(other.y, other.x);
  });
  return parts;
}

}  // namespace reelface
