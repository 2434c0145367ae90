// SPDX-License-Identifier: Apache-2.0
#include "blended_frame.h"

#include <utility>

#include "image/opencv_view.h"
#include "motion/float_pictures.h"

namespace reelface {

BlendedFrame::BlendedFrame(double time_seconds, const CropStep::Crop& input, const cv::Mat& restored)
    : input_(input),
      colour_(colour_frame(time_seconds, opencv_view(input->view()), restored)),
      detail_(detail_frame(time_seconds, *input, restored, colour_.shift)) {}

void BlendedFrame::follow(std::vector<SharedBlendedFrame> past, std::deque<ColourFrame> colours, FrameBefore before,
                          SharedStep step) {
  past_ = std::move(past);
  past_colours_ = std::move(colours);
  before_ = std::move(before);
  step_ = std::move(step);
}

const DetailFrame& BlendedFrame::detail_with_way() {
  std::call_once(way_is_known_, [this] {
    if (before_.input) find_way_back(detail_, input_, before_.input, before_.time_seconds, step_.get());
    before_ = {};
    step_.reset();
    input_.reset();
  });
  return detail_;
}

void BlendedFrame::steady(cv::Mat& picture, const std::vector<Columns>& where) {
  const DetailFrame& now = detail_with_way();
  std::vector<const DetailFrame*> past;
  for (const SharedBlendedFrame& before : past_) past.push_back(&before->detail_with_way());
  constexpr double kMemory = TemporalBlender::kMemorySeconds;
  picture += resized_to(steadier_shift(colour_, past_colours_, kMemory), picture.size());
  steady_detail(picture, where, now, past, kMemory);
  detail_.changed.release();  // of this frame only
  past_.clear();
  past_colours_.clear();
}

}  // namespace reelface
