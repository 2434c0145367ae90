// SPDX-License-Identifier: Apache-2.0
#include "measure/steadiness.h"

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "opencv_view.h"
#include "reelface/core/error.h"

namespace reelface {
StaticFlicker& StaticFlicker::operator+=(const StaticFlicker& other) {
  squared_sum += other.squared_sum;
  samples += other.samples;
  return *this;
}

double StaticFlicker::rms() const {
  return samples > 0 ? std::sqrt(squared_sum / static_cast<double>(samples)) : 0;
}

StaticFlicker static_flicker(SampleView now, SampleView next, SampleView reference_now, SampleView reference_next,
                             double threshold) {
  require_same_size(now.width, now.height, next.width, next.height, "flicker");
  require_same_size(now.width, now.height, reference_now.width, reference_now.height, "flicker");
  require_same_size(now.width, now.height, reference_next.width, reference_next.height, "flicker");
  cv::Mat change;
  cv::blur(opencv_view(reference_next) - opencv_view(reference_now), change, {5, 5}, {-1, -1}, cv::BORDER_REPLICATE);
  StaticFlicker flicker;
  for (int y = 0; y < now.height; ++y) {
    const auto* reference_change = change.ptr<float>(y);
    const float *first = now.row(y), *second = next.row(y);
    for (int x = 0; x < now.width; ++x) {
      if (std::abs(static_cast<double>(reference_change[x])) > threshold) continue;
      const double difference = static_cast<double>(second[x]) - static_cast<double>(first[x]);
      flicker.squared_sum += difference * difference;
      ++flicker.samples;
    }
  }
  return flicker;
}

std::optional<double> landmark_jitter(const std::vector<Point>& path, double scale) {
  std::vector<std::vector<Point>> frames;
  frames.reserve(path.size());
  for (const Point& point : path) frames.push_back({point});
  return landmark_jitter(frames, scale);
}

std::optional<double> landmark_jitter(const std::vector<std::vector<Point>>& path, double scale) {
  if (path.size() < 3 || path.front().empty() || !(scale > 0)) return std::nullopt;
  const std::size_t points = path.front().size();
  double sum = 0;
  for (std::size_t frame = 1; frame + 1 < path.size(); ++frame) {
    const auto &before = path[frame - 1], &here = path[frame], &after = path[frame + 1];
    if (before.size() != points || here.size() != points || after.size() != points) {
      throw Error(ExitCode::kUsage, "landmark jitter: frames with different numbers of points");
    }
    for (std::size_t i = 0; i < points; ++i) {
      const double x =
          static_cast<double>(after[i].x) - 2 * static_cast<double>(here[i].x) + static_cast<double>(before[i].x);
      const double y =
          static_cast<double>(after[i].y) - 2 * static_cast<double>(here[i].y) + static_cast<double>(before[i].y);
      sum += x * x + y * y;
    }
  }
  return std::sqrt(sum / (static_cast<double>(path.size() - 2) * static_cast<double>(points))) / scale;
}

void LandmarkTrembling::add(std::int64_t frame, const std::vector<TrackPoints>& faces) {
  for (auto track = tracks_.begin(); track != tracks_.end();) {
    track = track->second.frame + 1 == frame ? std::next(track) : tracks_.erase(track);
  }
  for (const TrackPoints& face : faces) {
    Track& track = tracks_[face.track];
    if (!track.before.empty()) {
      const std::optional<double> jitter = landmark_jitter({track.before, track.last, face.points}, face.scale);
      const auto points = static_cast<std::int64_t>(face.points.size());
      if (jitter) squared_sum_ += *jitter * *jitter * static_cast<double>(points), terms_ += points;
    }
    track.before = std::move(track.last);
    track.last = face.points;
    track.frame = frame;
  }
}

std::optional<double> LandmarkTrembling::rms() const {
  if (terms_ == 0) return std::nullopt;
  return std::sqrt(squared_sum_ / static_cast<double>(terms_));
}

void BrightnessPumping::add(double picture_mean, double reference_mean) {
  const double difference = picture_mean - reference_mean;
  if (last_) {
    squared_sum_ += (difference - *last_) * (difference - *last_);
    ++pairs_;
  }
  last_ = difference;
}

double BrightnessPumping::rms() const {
  return pairs_ > 0 ? std::sqrt(squared_sum_ / static_cast<double>(pairs_)) : 0;
}

double mean_of(SampleView plane) {
  if (plane.width < 1 || plane.height < 1) return 0;
  double sum = 0;
  for (int y = 0; y < plane.height; ++y) {
    const float* row = plane.row(y);
    for (int x = 0; x < plane.width; ++x) sum += static_cast<double>(row[x]);
  }
  return sum / (static_cast<double>(plane.width) * plane.height);
}

}  // namespace reelface
