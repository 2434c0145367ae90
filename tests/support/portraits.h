// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <string>

#include "image/crop.h"
#include "inference/face_detector.h"
#include "reelface/faces/similarity.h"
#include "reelface/image/frame_picture.h"
#include "reelface/media/video_reader.h"

namespace reelface::testing {

inline cv::Mat matrix_of(const RgbImageF& image) {
  return {image.height, image.width, CV_32FC3, const_cast<float*>(image.samples.data())};
}

inline Frame rgb_frame_of(const cv::Mat& picture) {
  FrameFacts facts;
  facts.width = picture.cols;
  facts.height = picture.rows;
  facts.layout = pixel_layout("rgb24");
  Frame frame = allocate_frame(facts);
  store_picture(frame,
                {picture.ptr<float>(), picture.cols, picture.rows, static_cast<std::ptrdiff_t>(picture.step1())});
  return frame;
}

inline RgbImage8 bytes_of(const RgbImageF& picture) {
  RgbImage8 bytes(picture.width, picture.height);
  for (std::size_t i = 0; i < bytes.samples.size(); ++i) {
    bytes.samples[i] = static_cast<std::uint8_t>(std::lround(255 * std::clamp(picture.samples[i], 0.0F, 1.0F)));
  }
  return bytes;
}

/// The 512 template's pixels to those of a crop of another size.
inline Affine template_to_crop(int size) {
  const double scale = size / 512.0;
  return Affine::scale_and_move(scale, scale, (scale - 1) / 2, (scale - 1) / 2);
}

/// Somebody's picture, and where the face is in it.
struct Portrait {
  RgbImageF picture;
  Face face;
  double size = 0;
};

/// The first frame of a film or still with the face that is surest; nothing where none is found.
inline std::optional<Portrait> read_portrait(const std::string& path, const FaceDetector& detector) {
  VideoReader reader(path);
  Portrait portrait;
  portrait.picture = frame_picture(*reader.next()->frame);
  const std::vector<Face> faces = detector.detect({bytes_of(portrait.picture).view()}).front();
  if (faces.empty()) return std::nullopt;
  portrait.face = faces.front();
  portrait.size = std::sqrt(double{portrait.face.box.width} * portrait.face.box.height);
  return portrait;
}

/// A portrait made smaller, and its points there.
struct SmallPortrait {
  cv::Mat picture;
  std::array<Point, 5> points;
};

inline SmallPortrait shrunk(const Portrait& portrait, double size) {
  SmallPortrait small;
  const double scale = size / portrait.size;
  cv::resize(matrix_of(portrait.picture), small.picture, {}, scale, scale, cv::INTER_AREA);
  small.points = portrait.face.points;
  for (Point& point : small.points) {
    point.x = static_cast<float>((point.x + 0.5) * small.picture.cols / portrait.picture.width - 0.5);
    point.y = static_cast<float>((point.y + 0.5) * small.picture.rows / portrait.picture.height - 0.5);
  }
  return small;
}

/// The face upright in a square of this many pixels, as restorers are given it.
inline RgbImageF aligned_crop(const cv::Mat& picture, const std::array<Point, 5>& points, int size) {
  const Affine alignment{fit_similarity(points, alignment_template(512)).matrix()};
  return extract_crop(rgb_frame_of(picture), chain(alignment, template_to_crop(size)), size);
}

}  // namespace reelface::testing
