// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <mutex>
#include <vector>

#include "carried_colour.h"
#include "carried_detail.h"
#include "faces/temporal_blender.h"

namespace reelface {

/// The crop of the frame before: where the way back leads.
struct FrameBefore {
  CropStep::Crop input;
  double time_seconds = 0;
};

/// See TemporalBlender: one crop's own numbers, and which frames it follows.
class BlendedFrame {
 public:
  BlendedFrame(double time_seconds, const CropStep::Crop& input, const cv::Mat& restored);

  double time_seconds() const { return colour_.time_seconds; }
  const CropStep::Crop& input() const { return input_; }
  const ColourFrame& colour() const { return colour_; }
  cv::Size size() const { return detail_.detail.size(); }

  /// `past`, newest first, and `colours` of this piece; `before` without a crop: there are none.
  void follow(std::vector<SharedBlendedFrame> past, std::deque<ColourFrame> colours, FrameBefore before,
              SharedStep step);

  void steady(cv::Mat& picture, const std::vector<Columns>& where);

 private:
  /// With the way to the frame before, which is searched for once.
  const DetailFrame& detail_with_way();

  CropStep::Crop input_;
  ColourFrame colour_;
  DetailFrame detail_;
  std::vector<SharedBlendedFrame> past_;
  std::deque<ColourFrame> past_colours_;
  FrameBefore before_;
  SharedStep step_;
  std::once_flag way_is_known_;
};

}  // namespace reelface
