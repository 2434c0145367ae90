// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "picture_effects.h"
#include "random_source.h"

namespace reelface {

void smear_chroma(cv::Mat& picture, const DegradeRecipe& recipe) {
  if (recipe.chroma_blur <= 0 && recipe.chroma_shift == 0) return;
  cv::Mat codes;
  cv::cvtColor(picture, codes, cv::COLOR_RGB2YCrCb);
  std::array<cv::Mat, 3> planes;
  cv::split(codes, planes.data());
  for (std::size_t i = 1; i < 3; ++i) {
    if (recipe.chroma_blur > 0) {
      const int side = 2 * static_cast<int>(std::ceil(3 * recipe.chroma_blur)) + 1;
      cv::GaussianBlur(planes[i], planes[i], {side, 1}, recipe.chroma_blur, 0, cv::BORDER_REPLICATE);
    }
    shift(planes[i], recipe.chroma_shift, 0);
  }
  cv::merge(planes.data(), 3, codes);
  cv::cvtColor(codes, picture, cv::COLOR_YCrCb2RGB);
}

void jitter_lines(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame) {
  if (recipe.line_jitter <= 0) return;
  std::vector<cv::Vec3f> line(static_cast<std::size_t>(picture.cols));
  for (int y = 0; y < picture.rows; ++y) {
    const double offset = recipe.line_jitter * RandomSource(recipe.seed, RandomUse::kLineJitter, frame, y).normal();
    const int whole = static_cast<int>(std::floor(offset));
    const auto part = static_cast<float>(offset - whole);
    auto* pixels = picture.ptr<cv::Vec3f>(y);
    std::copy_n(pixels, picture.cols, line.data());
    const auto at = [&](int x) { return line[static_cast<std::size_t>(std::clamp(x, 0, picture.cols - 1))]; };
    for (int x = 0; x < picture.cols; ++x) pixels[x] = at(x - whole) * (1 - part) + at(x - whole - 1) * part;
  }
}

void weave_fields(cv::Mat& picture, const cv::Mat& previous) {
  for (int y = 1; y < picture.rows; y += 2) previous.row(y).copyTo(picture.row(y));
}

}  // namespace reelface
