// SPDX-License-Identifier: Apache-2.0
#include "kept_pictures.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <opencv2/imgproc.hpp>

#include "evidence/picture_matrix.h"
#include "evidence/report_pictures.h"
#include "image/opencv_view.h"
#include "reelface/image/frame_picture.h"

namespace reelface {
namespace {

constexpr int kCropSide = 224;
constexpr int kCloseUpSide = 560;
constexpr int kUsualCandidates = 9;
constexpr int kCropMoments = 8;
constexpr std::size_t kMostTracks = 6;
constexpr double kCropMargin = 1.5;

RgbImage8 crop(const RgbImageF& picture, const Box& box, int crop_side) {
  // A box may be larger than the picture; around that there is nothing to see.
  const double largest = 2.0 * std::max(picture.width, picture.height);
  const double side = std::min(kCropMargin * std::max(box.width, box.height), largest);
  const double scale = crop_side / side;
  const double left = box.x + box.width / 2 - side / 2, top = box.y + box.height / 2 - side / 2;
  // Averaged first where the face is larger than the crop, or it would alias.
  cv::Mat source = opencv_view(picture.view());
  if (scale < 0.9) {
    cv::Mat blurred;
    cv::GaussianBlur(source, blurred, {}, 0.45 / scale);
    source = blurred;
  }
  const cv::Mat map =
      (cv::Mat_<double>(2, 3) << scale, 0, -left * scale + (scale - 1) / 2, 0, scale, -top * scale + (scale - 1) / 2);
  cv::Mat result;
  cv::warpAffine(source, result, map, {crop_side, crop_side}, cv::INTER_CUBIC, cv::BORDER_REPLICATE);
  return as_bytes(result);
}

/// The same part of all files, made by `made` from each whole picture.
ComparedPictures of_all_files(const AlignedFrames& frames, std::int64_t track,
                              const std::function<RgbImage8(const RgbImageF&)>& made) {
  ComparedPictures kept{
      "", frames.number, track, made(frame_picture(frames.restored)), made(frame_picture(frames.reference)), {}};
  if (frames.input) kept.input = made(frame_picture(*frames.input));
  return kept;
}

std::set<std::int64_t> moments(std::int64_t count, std::int64_t expected_frames) {
  std::set<std::int64_t> frames;
  for (std::int64_t i = 0; i < count; ++i) {
    frames.insert(expected_frames > 0 ? expected_frames * (2 * i + 1) / (2 * count) : i * i * 10);
  }
  return frames;
}

/// The middle of so many, then the middles of what is left on both sides, and so on: the first few lie far apart.
std::vector<std::size_t> spread_over(std::size_t count) {
  std::vector<std::size_t> order;
  std::vector<std::pair<std::size_t, std::size_t>> ranges{{0, count}};
  for (std::size_t next = 0; next < ranges.size(); ++next) {
    const auto [first, end] = ranges[next];
    if (first >= end) continue;
    const std::size_t middle = first + (end - first) / 2;
    order.push_back(middle);
    ranges.emplace_back(first, middle);
    ranges.emplace_back(middle + 1, end);
  }
  return order;
}

}  // namespace

KeptPictures::KeptPictures(bool is_wanted, std::int64_t expected_frames)
    : is_wanted_(is_wanted),
      whole_moments_(moments(kUsualCandidates, expected_frames)),
      face_moments_(moments(kCropMoments, expected_frames)) {}

void KeptPictures::look_at(const AlignedFrames& frames, const std::vector<RegionFace>& faces,
                           const PictureMeasures& restored) {
  if (!is_wanted_) return;
  const bool has_face = restored.faces > 0;
  if (has_face && !rates_faces_) {
    rates_faces_ = true;
    worst_.reset();
    best_.reset();
    moments_.clear();
  }
  if (has_face || !rates_faces_) rate(frames, has_face ? restored.face_error : restored.error_luma);
  keep_faces(frames, faces);
}

void KeptPictures::rate(const AlignedFrames& frames, double error) {
  const bool is_worst = !worst_ || error > worst_->first, is_best = !best_ || error < best_->first;
  const bool is_moment = whole_moments_.count(frames.number) > 0;
  if (!is_worst && !is_best && !is_moment) return;
  const ComparedPictures kept = of_all_files(frames, -1, report_picture);
  if (is_worst) worst_ = Rated{error, kept};
  if (is_best) best_ = Rated{error, kept};
  if (is_moment) moments_.emplace_back(error, kept);
}

void KeptPictures::keep_faces(const AlignedFrames& frames, const std::vector<RegionFace>& faces) {
  for (const RegionFace& face : faces) {
    if (!(face.box.width >= 8 && face.box.height >= 8)) continue;
    const bool is_new = tracks_.count(face.track) == 0;
    if (is_new && tracks_.size() == kMostTracks) continue;
    tracks_.insert(face.track);
    const auto crop_of = [&face](int side) {
      return [&face, side](const RgbImageF& picture) { return crop(picture, face.box, side); };
    };
    if (is_new) first_of_tracks_.push_back(of_all_files(frames, face.track, crop_of(kCloseUpSide)));
    if (face_moments_.count(frames.number) > 0) crops_.push_back(of_all_files(frames, face.track, crop_of(kCropSide)));
  }
}

std::vector<ComparedPictures> KeptPictures::pictures() const {
  std::vector<ComparedPictures> list;
  const auto add = [&list](const ComparedPictures& pictures, const char* why) {
    for (ComparedPictures& known : list) {
      if (known.frame == pictures.frame) return;
    }
    list.push_back(pictures);
    list.back().why = why;
  };
  if (!moments_.empty()) {
    std::vector<Rated> sorted = moments_;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end(),
                     [](const Rated& left, const Rated& right) { return left.first < right.first; });
    add(middle->second, "Usual");
  }
  if (worst_) add(worst_->second, "Worst");
  if (best_) add(best_->second, "Best");
  constexpr std::size_t kWholePictures = 6;
  for (const std::size_t moment : spread_over(moments_.size())) {
    if (list.size() < kWholePictures) add(moments_[moment].second, "");
  }
  for (const ComparedPictures& first : first_of_tracks_) {
    list.push_back(first);
    list.back().why = "Face " + std::to_string(first.track);
  }
  return list;
}

}  // namespace reelface
