// SPDX-License-Identifier: Apache-2.0
#include "faces/face_thumbnail.h"

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "image/opencv_view.h"
#include "reelface/faces/similarity.h"

namespace reelface {
namespace {

/// Some hair, cheek and collar around the aligned face tell people apart better than the face alone.
constexpr double kSurroundings = 1.25;

Similarity thumbnail_alignment(const Face& face, double side) {
  std::array<Point, 5> targets = alignment_template(side / kSurroundings);
  const auto margin = static_cast<float>(side * (1 - 1 / kSurroundings) / 2);
  for (Point& target : targets) target = {target.x + margin, target.y + margin};
  return fit_similarity(face.points, targets);
}

bool is_usable(const Similarity& similarity) {
  return std::isfinite(similarity.x) && std::isfinite(similarity.y) && std::abs(similarity.log_scale) < 9;
}

}  // namespace

std::optional<FaceThumbnail> face_thumbnail(RgbView8 picture, const Face& face) {
  if (picture.width < 1 || picture.height < 1) return std::nullopt;
  // Sampled at four times the size and averaged: a plain reading at 16 px would alias on large faces.
  constexpr int kSampledSide = FaceThumbnail::kSide * 4;
  const Similarity alignment = thumbnail_alignment(face, kSampledSide);
  if (!is_usable(alignment)) return std::nullopt;
  const std::array<double, 6> entries = alignment.matrix();
  const cv::Mat matrix(2, 3, CV_64F, const_cast<double*>(entries.data()));
  cv::Mat sampled, grey, small;
  cv::warpAffine(opencv_view(picture), sampled, matrix, {kSampledSide, kSampledSide}, cv::INTER_LINEAR,
                 cv::BORDER_REPLICATE);
  cv::cvtColor(sampled, grey, cv::COLOR_RGB2GRAY);
  cv::resize(grey, small, {FaceThumbnail::kSide, FaceThumbnail::kSide}, 0, 0, cv::INTER_AREA);
  small.convertTo(small, CV_32F);
  small -= cv::mean(small);
  const double length = cv::norm(small);
  // Below one grey level of contrast there is nothing to recognise.
  if (length < FaceThumbnail::kSide) return std::nullopt;
  FaceThumbnail thumbnail;
  small.convertTo(cv::Mat(FaceThumbnail::kSide, FaceThumbnail::kSide, CV_32F, thumbnail.values.data()), CV_32F,
                  1 / length);
  return thumbnail;
}

double correlation(const FaceThumbnail& first, const FaceThumbnail& second) {
  double sum = 0;
  for (std::size_t index = 0; index < first.values.size(); ++index) {
    sum += static_cast<double>(first.values[index]) * second.values[index];
  }
  return sum;
}

}  // namespace reelface
