// SPDX-License-Identifier: Apache-2.0
#include "film/switching_lines.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "image/component_view.h"

namespace reelface {
namespace {

constexpr double kMostOfHeight = 1.0 / 24;  // lines that may be torn
constexpr int kFewestLines = 4;
constexpr double kMostAside = 0.14, kLeastAside = 0.006;  // of the width
constexpr int kLongestLine = 360;                         // samples that lines are narrowed to

constexpr double kClear = 0.7;      // correlation of lines that lie two apart: below it a picture says nothing
constexpr double kUnlike = 0.12;    // less alike than those above by so much, a line may be torn …
constexpr double kBetter = 0.12;    // … if it is like them by so much more when moved
constexpr double kChanging = 0.35;  // less like itself in the frame before by so much, it is noise

constexpr std::size_t kFewestFrames = 6;
constexpr double kInNearlyAll = 0.6, kInSome = 0.2;  // shares of the frames
constexpr double kUnsteady = 0.04;                   // torn lines are less like themselves than those above by so much

int lines_watched(int height) {
  return std::min(std::max(kFewestLines, static_cast<int>(std::lround(kMostOfHeight * height))), height / 3);
}

double correlation(const cv::Mat& left, const cv::Mat& right) {
  const double size = left.dot(left) * right.dot(right);
  constexpr double kFlat = 1.0;  // of nothing, squared levels: a line without a picture
  return size > kFlat * kFlat * left.cols * left.cols ? left.dot(right) / std::sqrt(size) : 1;
}

/// The best fit of a line to another that lies so far aside.
double moved_correlation(const cv::Mat& line, const cv::Mat& other) {
  const int most = static_cast<int>(kMostAside * line.cols),
            least = std::max(2, static_cast<int>(kLeastAside * line.cols));
  double best = -1;
  for (int aside = -most; aside <= most; ++aside) {
    if (std::abs(aside) < least) continue;
    const int count = line.cols - std::abs(aside);
    best = std::max(best, correlation(line.colRange(std::max(0, aside), std::max(0, aside) + count),
                                      other.colRange(std::max(0, -aside), std::max(0, -aside) + count)));
  }
  return best;
}

/// The lines at the bottom, and as many above them: narrowed, a little smoothed, each without its mean.
cv::Mat narrowed(const cv::Mat& grey, int count) {
  cv::Mat lines;
  const int width = std::min(grey.cols, kLongestLine);
  cv::resize(grey.rowRange(grey.rows - count, grey.rows), lines, {width, count}, 0, 0, cv::INTER_AREA);
  cv::blur(lines, lines, {3, 1});
  for (int y = 0; y < count; ++y) {
    const cv::Mat line = lines.row(y);
    line -= cv::mean(line)[0];
  }
  return lines;
}

double mean_of(const std::vector<double>& values, std::size_t from) {
  double sum = 0;
  for (std::size_t i = from; i < values.size(); ++i) sum += values[i];
  return sum / static_cast<double>(values.size() - from);
}

struct Shares {
  std::vector<double> strange;  ///< by line: of the frames in which it is torn or noise
  double frames = 0;
};

Shares shares_of(const std::vector<const BottomLines*>& frames) {
  Shares shares;
  for (const BottomLines* frame : frames) {
    if (!frame->above_is_clear) continue;
    shares.strange.resize(frame->torn.size());
    for (std::size_t line = 0; line < frame->torn.size(); ++line) {
      const bool is_noise = !frame->alike.empty() && frame->alike[line] < frame->above_alike - kChanging;
      shares.strange[line] += frame->torn[line] > 0 || is_noise ? 1 : 0;
    }
    ++shares.frames;
  }
  for (double& share : shares.strange) share /= shares.frames;
  return shares;
}

/// How much less they are like themselves in the frame before than the lines above, on average.
double unsteadiness(const std::vector<const BottomLines*>& frames, std::size_t first) {
  double sum = 0, count = 0;
  for (const BottomLines* frame : frames) {
    if (!frame->above_is_clear || frame->alike.empty()) continue;
    sum += frame->above_alike - mean_of(frame->alike, first);
    ++count;
  }
  return count > 0 ? sum / count : 0;
}

}  // namespace

BottomLines measure_bottom_lines(const cv::Mat& grey, const BottomLines* before) {
  BottomLines found;
  const int watched = lines_watched(grey.rows);
  if (watched < kFewestLines || grey.cols < 16) return found;
  found.lines = narrowed(grey, 2 * watched);
  double above = 0;
  for (int y = 2; y < watched; ++y) above += correlation(found.lines.row(y), found.lines.row(y - 2)) / (watched - 2);
  found.above_is_clear = above >= kClear;
  for (int y = watched; y < 2 * watched; ++y) {
    const cv::Mat line = found.lines.row(y), other = found.lines.row(y - 2);
    const double fit = correlation(line, other);
    found.torn.push_back(fit < above - kUnlike && moved_correlation(line, other) > fit + kBetter ? 1 : 0);
  }
  if (!before || before->lines.size() != found.lines.size()) return found;
  for (int y = 0; y < 2 * watched; ++y) {
    const double alike = correlation(found.lines.row(y), before->lines.row(y));
    if (y < watched)
      found.above_alike += alike / watched;
    else
      found.alike.push_back(alike);
  }
  return found;
}

int count_switching_lines(const std::vector<const BottomLines*>& frames) {
  const Shares shares = shares_of(frames);
  if (shares.frames < kFewestFrames) return 0;
  const auto certain =
      std::find_if(shares.strange.begin(), shares.strange.end(), [](double share) { return share >= kInNearlyAll; });
  if (certain == shares.strange.end()) return 0;
  auto first = certain - shares.strange.begin();
  while (first > 0 && shares.strange[static_cast<std::size_t>(first - 1)] >= kInSome) --first;
  if (first == 0) return 0;  // it goes on above: no change of heads
  if (unsteadiness(frames, static_cast<std::size_t>(first)) < kUnsteady) return 0;
  return static_cast<int>(shares.strange.size()) - static_cast<int>(first);
}

Frame with_bottom_filled(const Frame& frame, int lines) {
  require_editable(frame.facts());
  Frame result = frame.share();
  result.make_writable();
  const int height = frame.facts().height, first_line = height - std::min(lines, height / 2);
  for (int component = 0; component < frame.facts().layout.component_count; ++component) {
    const ComponentView view = view_component(result, component);
    const int first = first_line * view.height / height;
    std::vector<float> codes(static_cast<std::size_t>(view.width));
    for (int y = first; y < view.height; ++y) {
      load_samples(view, 0, std::max(0, 2 * first - 1 - y), view.width, codes.data());
      store_samples(view, 0, y, view.width, codes.data());
    }
  }
  return result;
}

}  // namespace reelface
