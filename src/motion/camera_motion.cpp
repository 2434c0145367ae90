// SPDX-License-Identifier: Apache-2.0
#include "motion/camera_motion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "motion/weighted_sums.h"

namespace reelface {
namespace {

constexpr int kGrid = 4;  // every so many pixels of the search's result
constexpr int kRoundsOfFit = 8, kRoundsOfPictures = 4;
constexpr int kEvery = 2;           // of the pictures' samples, each way
constexpr double kTolerance = 2.5;  // of the typical deviation: beyond it something moved otherwise
constexpr double kSettledPx = 1e-3;
constexpr double kFlat = 1;  // squared slope

double median_of(std::vector<float>& values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Full weight for what fits, hardly any for what does not (Geman and McClure's).
double weight_of(double squared, double scale) {
  const double share = squared / (kTolerance * kTolerance * scale * scale);
  return 1 / ((1 + share) * (1 + share));
}

struct Slopes {
  cv::Mat across, down;

  explicit Slopes(const cv::Mat& picture) {
    cv::Sobel(picture, across, CV_32F, 1, 0, 3, 0.125);
    cv::Sobel(picture, down, CV_32F, 0, 1, 3, 0.125);
  }
};

/// Where the search ended for one part of the picture, and how much there was to see.
struct PartMotion {
  cv::Point2d place, offset;
  double texture = 0;
};

std::vector<PartMotion> part_motions(const cv::Mat& here, const Motion& motion) {
  const Slopes slopes(here);
  std::vector<PartMotion> parts;
  for (int y = kGrid / 2; y < here.rows; y += kGrid) {
    const auto* offset = motion.ptr<cv::Vec2f>(y);
    const auto *across = slopes.across.ptr<float>(y), *down = slopes.down.ptr<float>(y);
    for (int x = kGrid / 2; x < here.cols; x += kGrid) {
      const double texture = across[x] * across[x] + down[x] * down[x];
      if (texture > kFlat) parts.push_back({cv::Point2d(x, y), {offset[x][0], offset[x][1]}, texture});
    }
  }
  return parts;
}

cv::Point2d median_offset(const std::vector<PartMotion>& parts) {
  std::vector<float> across, down;
  for (const PartMotion& part : parts) {
    across.push_back(static_cast<float>(part.offset.x));
    down.push_back(static_cast<float>(part.offset.y));
  }
  return {median_of(across), median_of(down)};
}

double typical_distance(const std::vector<PartMotion>& parts, const CameraMotion& camera) {
  std::vector<float> distances;
  for (const PartMotion& part : parts) {
    const cv::Point2d off = part.offset - camera.at(part.place);
    distances.push_back(static_cast<float>(std::hypot(off.x, off.y)));
  }
  constexpr double kLeast = 0.05;
  return std::max(kLeast, median_of(distances));
}

/// The affine map that most of the parts agree with.
CameraMotion fitted(const std::vector<PartMotion>& parts) {
  const cv::Point2d start = median_offset(parts);
  CameraMotion camera({1, 0, start.x, 0, 1, start.y});
  for (int round = 0; round < kRoundsOfFit; ++round) {
    const double scale = typical_distance(parts, camera);
    cv::Matx33d left = cv::Matx33d::eye() * 1e-6;
    std::array<cv::Vec3d, 2> right;
    for (const PartMotion& part : parts) {
      const cv::Point2d off = part.offset - camera.at(part.place);
      const double weight = part.texture * weight_of(off.dot(off), scale);
      const cv::Vec3d place(part.place.x, part.place.y, 1);
      left += weight * place * place.t();
      right[0] += weight * (part.place.x + part.offset.x) * place;
      right[1] += weight * (part.place.y + part.offset.y) * place;
    }
    const cv::Vec3d across = left.solve(right[0], cv::DECOMP_CHOLESKY);
    const cv::Vec3d down = left.solve(right[1], cv::DECOMP_CHOLESKY);
    camera = CameraMotion({across[0], across[1], across[2], down[0], down[1], down[2]});
  }
  return camera;
}

/// Where there is something to see; flat places differ little wherever the map leads.
double typical_difference(const cv::Mat& difference, const Slopes& slopes) {
  std::vector<float> lengths;
  for (int y = 0; y < difference.rows; y += kEvery) {
    const auto *off = difference.ptr<float>(y), *across = slopes.across.ptr<float>(y),
               *down = slopes.down.ptr<float>(y);
    for (int x = 0; x < difference.cols; x += kEvery) {
      if (across[x] * across[x] + down[x] * down[x] > kFlat) lengths.push_back(std::abs(off[x]));
    }
  }
  constexpr double kLeast = 0.5, kRmsOfMedian = 1.4826;  // codes are rounded
  return std::max(kLeast, kRmsOfMedian * median_of(lengths));
}

/// What is improved: the map, and how the light changed: there = (1 + gain) here + light.
struct Estimate {
  cv::Matx23d map;
  double gain = 0, light = 0;
};

/// Normal equations of one round of Gauss and Newton's.
struct Equations {
  static constexpr int kUnknowns = 8;  // six of the map, two of the light
  using Vector = cv::Vec<double, kUnknowns>;

  cv::Matx<double, kUnknowns, kUnknowns> left = cv::Matx<double, kUnknowns, kUnknowns>::eye() * 1e-3;
  Vector right;

  bool solve(Vector& change) {
    for (int i = 1; i < kUnknowns; ++i) {
      for (int j = 0; j < i; ++j) left(i, j) = left(j, i);
    }
    return cv::solve(left, right, change, cv::DECOMP_CHOLESKY);
  }
};

/// The sums of one row. Within a row the vertical place is the same for all samples, so that six slopes tell all eight.
class RowSums {
 public:
  RowSums(const CameraMotion& camera, cv::Size size, int y, double side, double tolerance)
      : map_(camera.map()),
        y_(y),
        down_(y / side),
        places_per_pixel_(all(1 / side)),
        inverse_(all(1 / (tolerance * tolerance))),
        end_x_(all(size.width - 2)),
        end_y_(all(size.height - 2)) {}

  /// Every second sample; a few at the end of the row do not count.
  void add(const float* across, const float* down, const float* difference, const float* own, int count) {
    static_assert(kEvery == 2);
    const Four steps(0, kEvery, 2 * kEvery, 3 * kEvery);
    for (int x = kEvery; x + 4 * kEvery <= count - kEvery; x += 4 * kEvery) {
      add_four(all(x) + steps, every_second(across + x), every_second(down + x), every_second(difference + x),
               every_second(own + x));
    }
  }

  void add_to(Equations& sums) const {
    constexpr std::array<int, Equations::kUnknowns> slope_of = {0, 1, 1, 2, 3, 3, 4, 5};
    const std::array<double, Equations::kUnknowns> factor = {1, down_, 1, 1, down_, 1, 1, 1};
    for (int i = 0; i < Equations::kUnknowns; ++i) {
      for (int j = i; j < Equations::kUnknowns; ++j)
        sums.left(i, j) += factor[i] * factor[j] * sums_.product(slope_of[i], slope_of[j]);
      sums.right[i] -= factor[i] * sums_.with_difference(slope_of[i]);
    }
  }

 private:
  using Sums = WeightedSums<6>;
  using Four = Sums::Four;

  static Four all(double value) { return cv::v_setall_f32(static_cast<float>(value)); }

  static Four every_second(const float* values) {
    Four even, odd;
    cv::v_load_deinterleave(values, even, odd);
    return even;
  }

  /// 1 where the camera leads to a place within the other picture.
  Four is_inside(const Four& x) const {
    const Four there_x = cv::v_muladd(x, all(map_(0, 0)), all(map_(0, 1) * y_ + map_(0, 2)));
    const Four there_y = cv::v_muladd(x, all(map_(1, 0)), all(map_(1, 1) * y_ + map_(1, 2)));
    const Four one = all(1), inside_x = (there_x >= one) & (there_x < end_x_);
    return one & inside_x & (there_y >= one) & (there_y < end_y_);
  }

  void add_four(const Four& x, const Four& across, const Four& down, const Four& difference, const Four& own) {
    const Four root = cv::v_muladd(difference * difference, inverse_, all(1)), u = x * places_per_pixel_;
    sums_.add(is_inside(x) / (root * root), {across * u, across, down * u, down, own * all(-1 / 128.0), all(-1)},
              difference);
  }

  cv::Matx23d map_;
  int y_;
  double down_;  ///< the row's place
  Four places_per_pixel_, inverse_, end_x_, end_y_;
  Sums sums_;
};

Equations equations_at(const cv::Mat& here, const cv::Mat& there, const Estimate& estimate, double side) {
  const CameraMotion camera(estimate.map);
  // Each picture goes half of the way: one that is interpolated has less noise than one that is not, which would draw
  // the estimate to where it is least.
  const Motion half = camera.field(here.size()) * 0.5;
  const cv::Mat near = moved(here, half * -1, Resampling::kCubic), far = moved(there, half, Resampling::kCubic);
  const Slopes slopes((near + far) * 0.5);
  const cv::Mat difference = far - near * (1 + estimate.gain) - cv::Scalar(estimate.light);
  const double scale = typical_difference(difference, slopes);
  Equations sums;
  for (int y = kEvery; y < here.rows - kEvery; y += kEvery) {
    RowSums row(camera, here.size(), y, side, kTolerance * scale);
    row.add(slopes.across.ptr<float>(y), slopes.down.ptr<float>(y), difference.ptr<float>(y), near.ptr<float>(y),
            here.cols);
    row.add_to(sums);
  }
  return sums;
}

/// Improves the estimate by comparing the pictures; false where they do not say enough.
bool settle(const cv::Mat& here, const cv::Mat& there, Estimate& estimate) {
  const double side = std::max(here.cols, here.rows);
  for (int round = 0; round < kRoundsOfPictures; ++round) {
    Equations::Vector change;
    if (!equations_at(here, there, estimate, side).solve(change)) return false;
    estimate.map +=
        cv::Matx23d(change[0] / side, change[1] / side, change[2], change[3] / side, change[4] / side, change[5]);
    estimate.gain += change[6] / 128;
    estimate.light += change[7];
    if (cv::norm(cv::Vec<double, 6>(change.val)) < kSettledPx) break;
  }
  return true;
}

/// Of what lies around each pixel; what all of the picture has in common, as by flicker, counts for nothing.
cv::Mat mean_squared_difference(const cv::Mat& here, const cv::Mat& there, const Motion& motion) {
  constexpr int kWindow = 9;
  cv::Mat difference = moved(there, motion, Resampling::kLinear) - here;
  difference -= cv::mean(difference);
  cv::multiply(difference, difference, difference);
  cv::blur(difference, difference, {kWindow, kWindow});
  return difference;
}

cv::Mat in_floats(const cv::Mat& picture) {
  cv::Mat result;
  picture.convertTo(result, CV_32F);
  return result;
}

}  // namespace

Motion CameraMotion::field(cv::Size size) const {
  Motion result(size, CV_32FC2);
  for (int y = 0; y < size.height; ++y) {
    auto* const row = result.ptr<cv::Vec2f>(y);
    for (int x = 0; x < size.width; ++x) {
      const cv::Point2d offset = at(cv::Point2d(x, y));
      row[x] = {static_cast<float>(offset.x), static_cast<float>(offset.y)};
    }
  }
  return result;
}

CameraMotion CameraMotion::inverse() const {
  cv::Mat inverted;
  cv::invertAffineTransform(cv::Mat(map_), inverted);
  return CameraMotion(cv::Matx23d(inverted.ptr<double>()));
}

CameraMotion find_camera_motion(const cv::Mat& here, const cv::Mat& there, const Motion& motion) {
  const cv::Mat near = in_floats(here), far = in_floats(there);
  const std::vector<PartMotion> parts = part_motions(near, motion);
  constexpr std::size_t kFewest = 50;
  if (parts.size() < kFewest) return {};
  const CameraMotion start = fitted(parts);
  Estimate estimate{start.map()};
  return settle(near, far, estimate) ? CameraMotion(estimate.map) : start;
}

Motion with_camera_motion(const cv::Mat& here, const cv::Mat& there, const Motion& motion, const CameraMotion& camera) {
  constexpr double kAsWell = 1.2, kNothing = 0.5;  // a search part by part fits noise, too
  const cv::Mat near = in_floats(here), far = in_floats(there);
  const Motion whole = camera.field(here.size());
  const cv::Mat by_parts = mean_squared_difference(near, far, motion);
  const cv::Mat by_camera = mean_squared_difference(near, far, whole);
  Motion result = motion.clone();
  whole.copyTo(result, by_camera <= by_parts * kAsWell + kNothing);
  return result;
}

}  // namespace reelface
