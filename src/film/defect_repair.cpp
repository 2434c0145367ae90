// SPDX-License-Identifier: Apache-2.0
#include "film/defect_repair.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "image/colour_conversion.h"
#include "image/component_view.h"
#include "motion/resampling.h"

namespace reelface {
namespace {

/// How coarse a component is.
struct Coarseness {
  int x = 0, y = 0;  ///< log2 of how many samples of luma share one
};

cv::Rect coarse_box(const cv::Rect& box, Coarseness coarse) {
  const cv::Point first(box.x >> coarse.x, box.y >> coarse.y);
  const cv::Point last((box.br().x - 1) >> coarse.x, (box.br().y - 1) >> coarse.y);
  return {first, last + cv::Point(1, 1)};
}

/// Any sample that a hidden one of luma lies in.
cv::Mat coarse_mask(const Defect& defect, const cv::Rect& box, Coarseness coarse) {
  cv::Mat mask = cv::Mat::zeros(box.size(), CV_8U);
  for (int y = 0; y < defect.box.height; ++y) {
    const auto* hidden = defect.mask.ptr<std::uint8_t>(y);
    auto* row = mask.ptr<std::uint8_t>(((defect.box.y + y) >> coarse.y) - box.y);
    for (int x = 0; x < defect.box.width; ++x) {
      if (hidden[x] != 0) row[((defect.box.x + x) >> coarse.x) - box.x] = 255;
    }
  }
  return mask;
}

/// In samples of the component.
Motion coarse_motion(const Defect& defect, const cv::Rect& box, Coarseness coarse) {
  Motion motion(box.size(), CV_32FC2);
  const float across = 1.0F / static_cast<float>(1 << coarse.x), down = 1.0F / static_cast<float>(1 << coarse.y);
  for (int y = 0; y < box.height; ++y) {
    const int from_y = std::clamp(((box.y + y) << coarse.y) - defect.box.y, 0, defect.box.height - 1);
    for (int x = 0; x < box.width; ++x) {
      const int from_x = std::clamp(((box.x + x) << coarse.x) - defect.box.x, 0, defect.box.width - 1);
      const auto& offset = defect.motion.at<cv::Vec2f>(from_y, from_x);
      motion.at<cv::Vec2f>(y, x) = {offset[0] * across, offset[1] * down};
    }
  }
  return motion;
}

cv::Mat samples_of(const ComponentView& view, const cv::Rect& area) {
  cv::Mat samples(area.size(), CV_32F);
  for (int y = 0; y < area.height; ++y) load_samples(view, area.x, area.y + y, area.width, samples.ptr<float>(y));
  return samples;
}

/// What the source shows in the box, moved onto it.
cv::Mat matched_samples(const ComponentView& source, const cv::Rect& box, const Motion& motion) {
  constexpr int kReach = 3;  // of the filter
  const int margin = static_cast<int>(std::ceil(cv::norm(motion, cv::NORM_INF))) + kReach;
  const cv::Rect area = around(box, margin, {source.width, source.height});
  const cv::Mat patch = samples_of(source, area);
  Motion offsets = cv::Mat::zeros(area.size(), CV_32FC2);
  const cv::Rect inside = box - area.tl();
  motion.copyTo(offsets(inside));
  const RowReader reader(patch, Resampling::kCubic);
  cv::Mat result(area.size(), CV_32F);
  for (int y = inside.y; y < inside.br().y; ++y)
    reader.read(offsets, y, {inside.x, inside.br().x}, result.ptr<float>(y));
  double lowest = 0, highest = 0;
  cv::minMaxLoc(patch, &lowest, &highest);
  return cv::min(cv::max(result(inside), lowest), highest);  // the filter overshoots at edges
}

/// What luma is brighter by, in codes.
cv::Mat light_of(const Defect& defect, double codes_per_grey) {
  if (defect.light_by_place.empty()) return {defect.box.size(), CV_32F, cv::Scalar(defect.light * codes_per_grey)};
  return defect.light_by_place * codes_per_grey;
}

/// `light`: of the box' size, or empty.
void fill_component(const ComponentView& to, const ComponentView& source, const Defect& defect, Coarseness coarse,
                    const cv::Mat& light) {
  const cv::Rect box = coarse_box(defect.box, coarse) & cv::Rect(0, 0, to.width, to.height);
  const cv::Mat mask = coarse_mask(defect, box, coarse);
  cv::Mat samples = matched_samples(source, box, coarse_motion(defect, box, coarse));
  if (!light.empty()) samples += light(box - defect.box.tl());
  for (int y = 0; y < box.height; ++y) {
    for (int x = 0; x < box.width; ++x) {
      if (mask.at<std::uint8_t>(y, x) != 0) store_samples(to, box.x + x, box.y + y, 1, samples.ptr<float>(y) + x);
    }
  }
}

}  // namespace

void fill_defect(Frame& frame, const Frame& source, const Defect& defect) {
  const PixelLayout& layout = frame.facts().layout;
  const ColourConversion colour = colour_conversion(frame.facts());
  for (int component = 0; component < colour.component_count; ++component) {
    const bool is_chroma = layout.family == ColourFamily::kYuv && component > 0;
    const Coarseness coarse = is_chroma ? Coarseness{layout.chroma_shift_x, layout.chroma_shift_y} : Coarseness{};
    const double codes_per_grey = (colour.legal[component].highest - colour.legal[component].lowest) / 255;
    fill_component(view_component(frame, component), view_component(source, component), defect, coarse,
                   is_chroma ? cv::Mat() : light_of(defect, codes_per_grey));
  }
}

}  // namespace reelface
