// SPDX-License-Identifier: Apache-2.0
#include "film/matched_frames.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "motion/resampling.h"

namespace reelface {
namespace {

constexpr int kRing = 6;  // pixels around what is hidden: motion there is disturbed too, as it is found on patches

/// The middle one, which no motion that was missed can spoil.
double median_of(std::vector<float>& values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Of every few samples.
std::vector<float> differences_between(const cv::Mat& now, const cv::Mat& matched) {
  constexpr int kStep = 5;
  std::vector<float> differences;
  for (int y = kStep / 2; y < now.rows; y += kStep) {
    const auto *here = now.ptr<float>(y), *there = matched.ptr<float>(y);
    for (int x = kStep / 2; x < now.cols; x += kStep) differences.push_back(here[x] - there[x]);
  }
  return differences;
}

/// Brings the reference into the frame's light, and tells what noise is left between them.
double adapt_light(Reference& reference, const cv::Mat& now) {
  constexpr double kRmsOfMedian = 1.4826;
  std::vector<float> differences = differences_between(now, reference.matched);
  reference.light = median_of(differences);
  reference.matched += reference.light;
  for (float& difference : differences) difference = std::abs(difference - static_cast<float>(reference.light));
  return kRmsOfMedian * median_of(differences) / std::sqrt(2.0);
}

void match(Reference& reference, const cv::Rect& area) {
  const RowReader reader(reference.grey, Resampling::kCubic);
  for (int y = area.y; y < area.br().y; ++y) {
    float* const row = reference.matched.ptr<float>(y);
    reader.read(reference.motion, y, {area.x, area.br().x}, row);
    for (int x = area.x; x < area.br().x; ++x) row[x] += static_cast<float>(reference.light);
  }
}

/// The mean of what is seen around.
void bridge(Motion& motion, const cv::Mat& seen, const cv::Rect& box) {
  const int reach = 2 * kRing + std::max(box.width, box.height) / 2;
  const cv::Rect area = around(box, reach, motion.size());
  const cv::Mat hidden = seen(area) == 0;
  cv::Mat seen_motion = motion(area).clone(), sum, count;
  seen_motion.setTo(cv::Scalar(0, 0), hidden);
  seen(area).convertTo(count, CV_32F, 1 / 255.0);
  const cv::Size window(2 * reach + 1, 2 * reach + 1);
  cv::boxFilter(seen_motion, sum, CV_32F, window, {-1, -1}, false, cv::BORDER_CONSTANT);
  cv::boxFilter(count, count, CV_32F, window, {-1, -1}, false, cv::BORDER_CONSTANT);
  for (int y = 0; y < area.height; ++y) {
    const auto* is_hidden = hidden.ptr<std::uint8_t>(y);
    auto* result = motion.ptr<cv::Vec2f>(area.y + y) + area.x;
    for (int x = 0; x < area.width; ++x) {
      const float weight = count.at<float>(y, x);
      if (is_hidden[x] != 0 && weight >= 1) result[x] = sum.at<cv::Vec2f>(y, x) / weight;
    }
  }
}

}  // namespace

cv::Rect around(const cv::Rect& box, int margin, cv::Size size) {
  return cv::Rect(box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin) & cv::Rect({}, size);
}

MatchedFrames match_frames(const cv::Mat& now, std::array<Reference, 2> references) {
  MatchedFrames frames;
  frames.now = now;
  frames.references = std::move(references);
  const cv::Rect all({}, now.size());
  frames.noise = 255;
  for (Reference& reference : frames.references) {
    if (reference.motion.empty()) {
      reference.motion = cv::Mat::zeros(now.size(), CV_32FC2);
      reference.matched = reference.grey.clone();
    } else {
      reference.motion = resized(reference.motion, now.size()).clone();  // it will be changed, others share it
      reference.matched.create(now.size(), CV_32F);
      match(reference, all);
    }
    frames.noise = std::min(frames.noise, adapt_light(reference, now));
  }
  return frames;
}

void bridge_motion(MatchedFrames& frames, const cv::Mat& hidden, const std::vector<cv::Rect>& boxes) {
  cv::Mat seen;
  cv::dilate(hidden, seen, cv::Mat::ones(2 * kRing + 1, 2 * kRing + 1, CV_8U));
  seen = seen == 0;
  for (Reference& reference : frames.references) {
    for (const cv::Rect& box : boxes) {
      bridge(reference.motion, seen, box);
      match(reference, around(box, 2 * kRing, frames.now.size()));
    }
  }
}

}  // namespace reelface
