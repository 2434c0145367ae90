// SPDX-License-Identifier: Apache-2.0
#include "measure/motion.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

#include "opencv_view.h"

namespace reelface {
namespace {

constexpr int kSmallestSide = 16;

cv::Mat as_bytes(SampleView plane, double peak, cv::Size size) {
  cv::Mat bytes;
  opencv_view(plane).convertTo(bytes, CV_8U, 255 / peak);
  if (size != bytes.size()) cv::resize(bytes, bytes, size, 0, 0, cv::INTER_AREA);
  return bytes;
}

cv::Size working_size(SampleView plane, int long_side) {
  const int longer = std::max(plane.width, plane.height);
  if (longer <= long_side) return {plane.width, plane.height};
  const double scale = static_cast<double>(long_side) / longer;
  return {std::max(kSmallestSide, cvRound(plane.width * scale)),
          std::max(kSmallestSide, cvRound(plane.height * scale))};
}

FlowField full_size(const cv::Mat& flow, int width, int height) {
  FlowField field(width, height);
  const cv::Mat target = opencv_view(field);
  if (flow.size() == target.size()) {
    flow.copyTo(target);
    return field;
  }
  cv::resize(flow, target, target.size(), 0, 0, cv::INTER_LINEAR);
  const float across = static_cast<float>(width) / static_cast<float>(flow.cols);
  const float down = static_cast<float>(height) / static_cast<float>(flow.rows);
  for (std::size_t i = 0; i < field.vectors.size(); i += 2) {
    field.vectors[i] *= across;
    field.vectors[i + 1] *= down;
  }
  return field;
}

/// Where each sample is found in the other picture.
cv::Mat positions(const FlowField& flow) {
  cv::Mat map(flow.height, flow.width, CV_32FC2);
  const cv::Mat vectors = opencv_view(flow);
  for (int y = 0; y < flow.height; ++y) {
    const auto* vector = vectors.ptr<cv::Vec2f>(y);
    auto* position = map.ptr<cv::Vec2f>(y);
    for (int x = 0; x < flow.width; ++x) {
      position[x] = {static_cast<float>(x) + vector[x][0], static_cast<float>(y) + vector[x][1]};
    }
  }
  return map;
}

float squared(cv::Vec2f vector) {
  return vector[0] * vector[0] + vector[1] * vector[1];
}

}  // namespace

std::vector<std::uint8_t> seen_in_both(const FlowField& forward, const FlowField& backward) {
  require_same_size(forward.width, forward.height, backward.width, backward.height, "occlusion test");
  const int width = forward.width, height = forward.height;
  const cv::Mat there = positions(forward);
  cv::Mat back;
  cv::remap(opencv_view(backward), back, there, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  const cv::Mat flow = opencv_view(forward);
  std::vector<std::uint8_t> seen(std::size_t{1} * width * height);
  for (int y = 0; y < height; ++y) {
    const auto *out = flow.ptr<cv::Vec2f>(y), *returned = back.ptr<cv::Vec2f>(y), *target = there.ptr<cv::Vec2f>(y);
    const auto* below = flow.ptr<cv::Vec2f>(std::min(y + 1, height - 1));
    for (int x = 0; x < width; ++x) {
      const float size = squared(out[x]);
      const bool agrees = squared(out[x] + returned[x]) <= 0.01F * (size + squared(returned[x])) + 0.5F;
      const float bend = squared(out[std::min(x + 1, width - 1)] - out[x]) + squared(below[x] - out[x]);
      const bool smooth = bend <= 0.01F * size + 0.002F;
      const bool inside = target[x][0] >= 0 && target[x][0] <= static_cast<float>(width - 1) && target[x][1] >= 0 &&
                          target[x][1] <= static_cast<float>(height - 1);
      seen[static_cast<std::size_t>(y) * width + x] = agrees && smooth && inside;
    }
  }
  return seen;
}

FrameMotion estimate_motion(SampleView now, SampleView next, double peak, int long_side) {
  require_same_size(now.width, now.height, next.width, next.height, "motion");
  if (std::min(now.width, now.height) < kSmallestSide) {
    const FlowField still(now.width, now.height);
    return {still, still, std::vector<std::uint8_t>(std::size_t{1} * now.width * now.height, 1)};
  }
  const cv::Size size = working_size(now, std::max(long_side, kSmallestSide));
  const cv::Mat first = as_bytes(now, peak, size), second = as_bytes(next, peak, size);
  const auto search = cv::DISOpticalFlow::create(cv::DISOpticalFlow::PRESET_MEDIUM);
  cv::Mat forward, backward;
  search->calc(first, second, forward);
  search->calc(second, first, backward);
  FrameMotion motion{full_size(forward, now.width, now.height), full_size(backward, now.width, now.height), {}};
  motion.seen = seen_in_both(motion.forward, motion.backward);
  return motion;
}

WarpingError warping_error(RgbViewF now, RgbViewF next, const FrameMotion& motion) {
  require_same_size(now.width, now.height, next.width, next.height, "warping error");
  require_same_size(now.width, now.height, motion.forward.width, motion.forward.height, "warping error");
  cv::Mat moved;
  cv::remap(opencv_view(next), moved, positions(motion.forward), cv::noArray(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  const cv::Mat here = opencv_view(now);
  WarpingError error;
  for (int y = 0; y < now.height; ++y) {
    const auto *expected = here.ptr<cv::Vec3f>(y), *found = moved.ptr<cv::Vec3f>(y);
    const std::uint8_t* seen = motion.seen.data() + static_cast<std::size_t>(y) * now.width;
    for (int x = 0; x < now.width; ++x) {
      if (!seen[x]) continue;
      const cv::Vec3f difference = found[x] - expected[x];
      error.squared_sum += static_cast<double>(difference.dot(difference));
      error.samples += 3;
    }
  }
  return error;
}

FlowField farneback_motion(SampleView now, SampleView next, double peak) {
  require_same_size(now.width, now.height, next.width, next.height, "tOF");
  const cv::Size size(now.width, now.height);
  FlowField field(now.width, now.height);
  cv::Mat flow = opencv_view(field);
  cv::calcOpticalFlowFarneback(as_bytes(now, peak, size), as_bytes(next, peak, size), flow, 0.5, 3, 15, 3, 5, 1.2, 0);
  return field;
}

double motion_difference(const FlowField& motion, const FlowField& reference_motion, int margin) {
  require_same_size(motion.width, motion.height, reference_motion.width, reference_motion.height, "tOF");
  const int inner_width = motion.width - 2 * margin, inner_height = motion.height - 2 * margin;
  if (margin < 0 || inner_width < 1 || inner_height < 1) return 0;
  const cv::Mat difference = opencv_view(motion) - opencv_view(reference_motion);
  double sum = 0;
  for (int y = margin; y < margin + inner_height; ++y) {
    const auto* row = difference.ptr<cv::Vec2f>(y);
    for (int x = margin; x < margin + inner_width; ++x) sum += std::sqrt(static_cast<double>(squared(row[x])));
  }
  return sum / (static_cast<double>(inner_width) * inner_height);
}

}  // namespace reelface
