// SPDX-License-Identifier: Apache-2.0
#include "pipeline/values/enlarging.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "reelface/inference/model_traits.h"

namespace reelface {
namespace {

/// Which factor makes this length that one; none where any will do.
double factor_to(int length, int asked) {
  return asked < 0 ? std::numeric_limits<double>::infinity() : static_cast<double>(asked) / length;
}

double factor_for(const FrameFacts& facts, const EnlargeOptions& options) {
  if (!options.size) return options.factor;
  const bool lies = facts.orientation.quarter_turns_clockwise % 2 != 0;
  const int width = lies ? options.size->height : options.size->width;
  const int height = lies ? options.size->width : options.size->height;
  return std::min(factor_to(facts.width, width), factor_to(facts.height, height));
}

/// Whole where it is, else down to whole chroma samples.
int target_length(int length, double factor, int chroma_shift) {
  constexpr double kRounding = 1e-6;
  const double exact = length * factor;
  const int nearest = static_cast<int>(std::lround(exact));
  const bool was_odd = length % (1 << chroma_shift) != 0;
  if (factor == 1 || (was_odd && std::abs(exact - nearest) < kRounding)) return nearest;
  const int below = static_cast<int>(std::floor(exact + kRounding));
  return std::max(1 << chroma_shift, below >> chroma_shift << chroma_shift);
}

}  // namespace

UpscalerChoice upscaler_choice(const std::string& upscaler) {
  if (upscaler == "auto") return UpscalerChoice::kAuto;
  return upscaler == "lanczos" ? UpscalerChoice::kLanczos : UpscalerChoice::kModel;
}

std::string upscaling_model(const EnlargeOptions& options) {
  switch (upscaler_choice(options.upscaler)) {
    case UpscalerChoice::kAuto:
      return enlarging_model();
    case UpscalerChoice::kLanczos:
      return {};
    case UpscalerChoice::kModel:
      break;
  }
  return options.upscaler;
}

bool has_twin(const EnlargeOptions& options) {
  return options.twin != "none";
}

FrameSize target_size(const FrameFacts& facts, const EnlargeOptions& options) {
  const double factor = factor_for(facts, options);
  return {target_length(facts.width, factor, facts.layout.chroma_shift_x),
          target_length(facts.height, factor, facts.layout.chroma_shift_y)};
}

FrameSize target_size(const VideoInfo& video, const EnlargeOptions& options) {
  FrameFacts facts;
  facts.width = video.width;
  facts.height = video.height;
  facts.layout = video.layout;
  facts.orientation = video.orientation;
  return target_size(facts, options);
}

bool may_resize(const EnlargeOptions& options) {
  return options.size || options.factor != 1;
}

}  // namespace reelface
