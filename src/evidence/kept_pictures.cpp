#include "kept_pictures.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace reelface {
namespace {

constexpr int kLongSide = 1080;
constexpr int kCropSide = 160;
constexpr int kCropMoments = 8;
constexpr std::size_t kMostTracks = 6;
constexpr double kCropMargin = 1.5;

cv::Mat view_of(const RgbImageF& picture) {
  return cv::Mat(picture.height, picture.width, CV_32FC3, const_cast<float*>(picture.samples.data()));
}

RgbImage8 as_bytes(const cv::Mat& picture) {
  RgbImage8 result(picture.cols, picture.rows);
  cv::Mat target(picture.rows, picture.cols, CV_8UC3, result.samples.data());
  picture.convertTo(target, CV_8U, 255);
  return result;
}

RgbImage8 reduced(const RgbImageF& picture) {
  const int longer = std::max(picture.width, picture.height);
  if (longer <= kLongSide) return as_bytes(view_of(picture));
  const double scale = static_cast<double>(kLongSide) / longer;
  cv::Mat small;
  cv::resize(view_of(picture), small, {}, scale, scale, cv::INTER_AREA);
  return as_bytes(small);
}

RgbImage8 crop(const RgbImageF& picture, const Box& box) {
  const double side = kCropMargin * std::max(box.width, box.height);
  const double scale = kCropSide / side;
  const double left = box.x + box.width / 2 - side / 2, top = box.y + box.height / 2 - side / 2;
  // Averaged first where the face is larger than the crop, or it would alias.
  cv::Mat source = view_of(picture);
  if (scale < 0.9) cv::GaussianBlur(source, source, {}, 0.45 / scale);
  const cv::Mat map =
      (cv::Mat_<double>(2, 3) << scale, 0, -left * scale + (scale - 1) / 2, 0, scale, -top * scale + (scale - 1) / 2);
  cv::Mat result;
  cv::warpAffine(source, result, map, {kCropSide, kCropSide}, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return as_bytes(result);
}

std::set<std::int64_t> moments(int count, std::int64_t expected_frames) {
  std::set<std::int64_t> frames;
  for (int i = 0; i < count; ++i) {
    frames.insert(expected_frames > 0 ? expected_frames * (2 * i + 1) / (2 * count) : i * i * 10);
  }
  return frames;
}

}  // namespace

KeptPictures::KeptPictures(int pictures_wanted, std::int64_t expected_frames)
    : whole_(moments(pictures_wanted, expected_frames)),
      faces_(moments(pictures_wanted > 0 ? kCropMoments : 0, expected_frames)) {}

void KeptPictures::look_at(std::int64_t frame, const MeasurablePicture& restored, const MeasurablePicture& reference,
                           const MeasurablePicture* input, const std::vector<RegionFace>& faces) {
  if (whole_.count(frame) > 0) {
    ComparedPictures kept{frame, -1, reduced(restored.rgb), reduced(reference.rgb), {}};
    if (input) kept.input = reduced(input->rgb);
    pictures.push_back(std::move(kept));
  }
  if (faces_.count(frame) == 0) return;
  for (const RegionFace& face : faces) {
    if (!(face.box.width >= 8 && face.box.height >= 8)) continue;
    if (tracks_.count(face.track) == 0 && tracks_.size() == kMostTracks) continue;
    tracks_.insert(face.track);
    ComparedPictures kept{frame, face.track, crop(restored.rgb, face.box), crop(reference.rgb, face.box), {}};
    if (input) kept.input = crop(input->rgb, face.box);
    crops.push_back(std::move(kept));
  }
}

}  // namespace reelface
