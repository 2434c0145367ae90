// SPDX-License-Identifier: Apache-2.0
#include "film/scratches.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>

namespace reelface {
namespace {

constexpr std::size_t kStrips = 16;
constexpr int kCells = 40;              // across, that motion is remembered for
constexpr float kClip = 12;             // levels: a few strong edges must not make a line
constexpr float kSeen = 3;              // levels that a strip of a line stands out by, on average
constexpr double kLeastShare = 0.8;     // of the strips that it is seen in
constexpr double kLeastStrength = 5.5;  // levels, on average over all strips …
constexpr double kAboveUsual = 1.7;     // … and times what a fifth of all places stand out by: waves, leaves, cloth
constexpr double kBorder = 0.04;        // of the width: where the picture ends there are lines, too
constexpr int kMostLines = 12;
constexpr int kBend = 2;         // samples sideways from strip to strip
constexpr double kAbsent = 0.4;  // of its strength: what is left of it where it is not
constexpr int kFramesAbsent = 2;

/// How much each sample of a row stands out from both sides; negative where it is darker.
void stand_out(const float* row, int width, int gap, float* result) {
  for (int x = 0; x < width; ++x) {
    const int left = std::max(x - gap, 1), right = std::min(x + gap, width - 2);
    const float before = 0.5F * (row[left] + row[left - 1]), behind = 0.5F * (row[right] + row[right + 1]);
    const float lighter = row[x] - std::max(before, behind), darker = std::min(before, behind) - row[x];
    result[x] = lighter > 0 ? std::min(lighter, kClip) : darker > 0 ? -std::min(darker, kClip) : 0;
  }
}

cv::Mat response_of(const cv::Mat& grey) {
  cv::Mat response = cv::Mat::zeros(static_cast<int>(kStrips), grey.cols, CV_32F);
  const int gap = 3 * unit_of(grey.size());
  std::vector<float> line(static_cast<std::size_t>(grey.cols));
  for (std::size_t strip = 0; strip < kStrips; ++strip) {
    const int first = VerticalLine::first_row(strip, kStrips, grey.rows);
    const int end = VerticalLine::first_row(strip + 1, kStrips, grey.rows);
    auto* sums = response.ptr<float>(static_cast<int>(strip));
    for (int y = first; y < end; ++y) {
      stand_out(grey.ptr<float>(y), grey.cols, gap, line.data());
      for (int x = 0; x < grey.cols; ++x) sums[x] += line[x] / static_cast<float>(end - first);
    }
  }
  return response;
}

/// The strongest ways from top to bottom, by what is gained along them.
class LineSearch {
 public:
  LineSearch(const cv::Mat& response, DefectSign sign)
      : strength_(sign == DefectSign::kLight ? response.clone() : cv::Mat(-response)),
        sign_(sign),
        least_(std::max(kLeastStrength, kAboveUsual * usual_strength(response))) {
    const int border = static_cast<int>(kBorder * response.cols);
    strength_.colRange(0, border).setTo(0);
    strength_.colRange(response.cols - border, response.cols).setTo(0);
  }

  /// One after the other; no two of them are closer to each other than `apart`.
  std::vector<VerticalLine> lines(int apart) {
    std::vector<VerticalLine> found;
    for (int tries = 0; tries < kMostLines; ++tries) {
      VerticalLine line = strongest();
      if (mean_strength(line) < least_) break;
      clear_around(line, apart);
      const auto seen = std::count_if(line.strengths.begin(), line.strengths.end(), [](float s) { return s > 0; });
      if (static_cast<double>(seen) >= kLeastShare * static_cast<double>(kStrips)) found.push_back(std::move(line));
    }
    return found;
  }

 private:
  static double usual_strength(const cv::Mat& response) {
    const cv::Mat strengths = cv::abs(response);
    std::vector<float> sorted(strengths.begin<float>(), strengths.end<float>());
    const auto place = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() * 4 / 5);
    std::nth_element(sorted.begin(), place, sorted.end());
    return *place;
  }

  static double mean_strength(const VerticalLine& line) {
    return std::accumulate(line.strengths.begin(), line.strengths.end(), 0.0) / static_cast<double>(kStrips);
  }

  VerticalLine strongest() {
    gained_ = cv::max(strength_, 0);
    from_.create(gained_.size(), CV_32S);
    for (int strip = 1; strip < gained_.rows; ++strip) {
      for (int x = 0; x < gained_.cols; ++x) step(strip, x);
    }
    cv::Point end;
    cv::minMaxLoc(gained_.row(gained_.rows - 1), nullptr, nullptr, nullptr, &end);
    return traced(end.x);
  }

  void clear_around(const VerticalLine& line, int apart) {
    for (int strip = 0; strip < strength_.rows; ++strip) {
      const int x = static_cast<int>(std::lround(line.places[static_cast<std::size_t>(strip)]));
      strength_(cv::Rect(x - apart, strip, 2 * apart + 1, 1) & cv::Rect({}, strength_.size())).setTo(0);
    }
  }

  void step(int strip, int x) {
    int best = x;
    for (int other = std::max(0, x - kBend); other <= std::min(gained_.cols - 1, x + kBend); ++other) {
      if (gained_.at<float>(strip - 1, other) > gained_.at<float>(strip - 1, best)) best = other;
    }
    gained_.at<float>(strip, x) += gained_.at<float>(strip - 1, best);
    from_.at<int>(strip, x) = best;
  }

  VerticalLine traced(int x) const {
    VerticalLine line;
    line.sign = sign_;
    line.places.resize(static_cast<std::size_t>(gained_.rows));
    line.strengths.resize(line.places.size());
    for (int strip = gained_.rows - 1; strip >= 0; --strip) {
      const float strength = strength_.at<float>(strip, x);
      line.places[static_cast<std::size_t>(strip)] = centre(strip, x);
      line.strengths[static_cast<std::size_t>(strip)] = strength >= kSeen ? strength : 0;
      x = from_.at<int>(strip, x);
    }
    return line;
  }

  /// Finer than a sample, by the weight of its neighbours.
  float centre(int strip, int x) const {
    float sum = 0, weights = 0;
    for (int other = std::max(0, x - 2); other <= std::min(strength_.cols - 1, x + 2); ++other) {
      const float weight = std::max(0.0F, strength_.at<float>(strip, other));
      sum += weight * static_cast<float>(other), weights += weight;
    }
    return weights > 0 ? sum / weights : static_cast<float>(x);
  }

  cv::Mat strength_, gained_, from_;
  DefectSign sign_;
  double least_;
};

/// The horizontal part of a motion, by cells, in samples of a picture so wide.
cv::Mat cells_of(const Motion& motion, int width) {
  if (motion.empty()) return cv::Mat::zeros(static_cast<int>(kStrips), kCells, CV_32F);
  cv::Mat across, cells;
  cv::extractChannel(motion, across, 0);
  cv::resize(across, cells, {kCells, static_cast<int>(kStrips)}, 0, 0, cv::INTER_AREA);
  return cells * (static_cast<double>(width) / motion.cols);
}

void move_along(std::vector<float>& places, const cv::Mat& cells, int width) {
  for (std::size_t strip = 0; strip < places.size(); ++strip) {
    const int cell = std::clamp(static_cast<int>(places[strip] * kCells / static_cast<float>(width)), 0, kCells - 1);
    places[strip] += cells.at<float>(static_cast<int>(strip), cell);
  }
}

/// How much of a line is seen at these places, as a share.
double presence(const VerticalLine& line, const std::vector<float>& places, const LineView& view) {
  double sum = 0, count = 0;
  const float sign = line.sign == DefectSign::kLight ? 1 : -1;
  for (std::size_t strip = 0; strip < places.size(); ++strip) {
    const int x = static_cast<int>(std::lround(places[strip]));
    if (line.strengths[strip] <= 0 || x < 1 || x > view.response.cols - 2) continue;
    float most = 0;
    for (int other = x - 1; other <= x + 1; ++other)
      most = std::max(most, sign * view.response.at<float>(static_cast<int>(strip), other));
    sum += std::min(1.0F, most / line.strengths[strip]);
    ++count;
  }
  return count > 0 ? sum / count : 1;
}

}  // namespace

int unit_of(cv::Size picture) {
  return std::max(1, static_cast<int>(std::lround(std::min(picture.width, picture.height) / 480.0)));
}

double VerticalLine::place_at(int row, int height) const {
  const double strip = (row + 0.5) * static_cast<double>(places.size()) / height - 0.5;
  const auto last = static_cast<double>(places.size() - 1);
  const double inside = std::clamp(strip, 0.0, last);
  const auto index = static_cast<std::size_t>(std::min(inside, std::max(0.0, last - 1)));
  const std::size_t next = std::min(index + 1, places.size() - 1);
  return places[index] + (inside - static_cast<double>(index)) * (places[next] - places[index]);
}

LineView find_vertical_lines(const cv::Mat& grey, const FilmMotion* since_before) {
  LineView view;
  view.response = response_of(grey);
  if (grey.cols >= 16 && grey.rows >= 2 * static_cast<int>(kStrips)) {
    for (const DefectSign sign : {DefectSign::kLight, DefectSign::kDark}) {
      for (VerticalLine& line : LineSearch(view.response, sign).lines(4 * unit_of(grey.size())))
        view.lines.push_back(std::move(line));
    }
  }
  if (since_before && since_before->is_known) {
    view.to_earlier = cells_of(since_before->motion.to_earlier, grey.cols);
    view.to_later = cells_of(since_before->motion.to_later, grey.cols);
  }
  return view;
}

namespace {

/// In how many of the frames around this one the picture is seen without the line that would be in it.
int frames_without(const VerticalLine& line, const std::vector<const LineView*>& views, std::size_t now) {
  int absent = 0;
  for (const int direction : {-1, 1}) {
    std::vector<float> places = line.places;
    for (std::size_t at = now; direction < 0 ? at > 0 : at + 1 < views.size();) {
      const LineView* const here = views[at];
      at += static_cast<std::size_t>(direction);
      const LineView* const there = views[at];
      if (!here || !there) break;
      const cv::Mat& cells = direction < 0 ? here->to_earlier : there->to_later;
      if (cells.empty()) break;
      move_along(places, cells, there->response.cols);
      absent += presence(line, places, *there) < kAbsent;
    }
  }
  return absent;
}

/// The same line in a neighbouring frame: it has stayed where it was on the film.
const VerticalLine* continued(const VerticalLine& line, const LineView* view) {
  constexpr double kSideways = 4;  // samples, of a picture 640 wide
  if (!view) return nullptr;
  const VerticalLine* nearest = nullptr;
  double least = kSideways * std::max(1.0, view->response.cols / 640.0);
  for (const VerticalLine& other : view->lines) {
    const double way = cv::norm(line.places, other.places, cv::NORM_L1) / static_cast<double>(kStrips);
    if (other.sign != line.sign || way > least) continue;
    least = way;
    nearest = &other;
  }
  return nearest;
}

}  // namespace

bool is_scratch(const VerticalLine& line, const std::vector<const LineView*>& views, std::size_t now) {
  if (frames_without(line, views, now) >= kFramesAbsent) return true;
  for (const int direction : {-1, 1}) {
    const VerticalLine* same = &line;
    for (std::size_t at = now; same && (direction < 0 ? at > 0 : at + 1 < views.size());) {
      at += static_cast<std::size_t>(direction);
      same = continued(*same, views[at]);
      if (same && frames_without(*same, views, at) >= kFramesAbsent) return true;
    }
  }
  return false;
}

}  // namespace reelface
