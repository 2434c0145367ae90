// SPDX-License-Identifier: Apache-2.0
#include "inference/detector/yunet_detector.h"

#include <algorithm>
#include <cmath>

#include "inference/detector/detector_input.h"
#include "inference/detector/yunet_decode.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr int kLeastLongSide = 32;
constexpr int kMostLongSide = 8192;

void scale(Face& face, float by_x, float by_y) {
  face.box = {face.box.x * by_x, face.box.y * by_y, face.box.width * by_x, face.box.height * by_y};
  for (Point& point : face.points) point = {point.x * by_x, point.y * by_y};
}

}  // namespace

YunetDetector::YunetDetector(Yunet network, DetectorOptions options)
    : network_(std::move(network)), options_(std::move(options)) {
  const auto makes_sense = [](int side) { return side >= kLeastLongSide && side <= kMostLongSide; };
  if (options_.long_sides.empty() ||
      !std::all_of(options_.long_sides.begin(), options_.long_sides.end(), makes_sense)) {
    throw Error(ExitCode::kUsage, "the detector's picture sizes must be between 32 and 8192 pixels");
  }
  if (!(options_.score_threshold >= 0 && options_.score_threshold <= 1)) {
    throw Error(ExitCode::kUsage, "the detector's score threshold must be between 0 and 1", "0.65 suits most films");
  }
}

std::vector<Face> YunetDetector::detect_at(const RgbView8& picture, double factor) const {
  const auto scaled = [&](int size) { return std::max(1, static_cast<int>(std::lround(size * factor))); };
  const int width = scaled(picture.width);
  const int height = scaled(picture.height);
  const std::vector<YunetGrid> grids = network_.run(detector_input(picture, width, height));
  std::vector<Face> faces = decode_yunet(grids, options_.score_threshold);
  for (Face& face : faces) {
    scale(face, static_cast<float>(picture.width) / static_cast<float>(width),
          static_cast<float>(picture.height) / static_cast<float>(height));
  }
  return suppress_overlapping(std::move(faces), options_.overlap_threshold);
}

std::vector<Face> YunetDetector::detect_one(const RgbView8& picture) const {
  if (picture.width <= 0 || picture.height <= 0 || picture.samples == nullptr) return {};
  const int long_side = std::max(picture.width, picture.height);
  std::vector<double> factors;
  for (const int wanted : options_.long_sides) {
    double factor = static_cast<double>(wanted) / long_side;
    if (!options_.enlarge) factor = std::min(1.0, factor);
    if (std::find(factors.begin(), factors.end(), factor) == factors.end()) factors.push_back(factor);
  }
  std::vector<std::vector<Face>> sightings;
  sightings.reserve(factors.size());
  for (const double factor : factors) sightings.push_back(detect_at(picture, factor));
  if (sightings.size() == 1) return std::move(sightings.front());
  return merge_sightings(sightings, options_.score_threshold, options_.overlap_threshold);
}

std::vector<std::vector<Face>> YunetDetector::detect(const std::vector<RgbView8>& pictures) const {
  std::vector<std::vector<Face>> found;
  found.reserve(pictures.size());
  for (const RgbView8& picture : pictures) found.push_back(detect_one(picture));
  return found;
}

}  // namespace reelface
