#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "film/defects.h"

namespace reelface {

/// What is remembered of what stood out in a frame.
struct DefectFacts {
  cv::Rect box;
  int area = 0;
  double contrast = 0;
  DefectSign sign = DefectSign::kDark;
};

std::vector<DefectFacts> facts_of(const std::vector<Defect>& defects);

/// Whether this is part of what happens in the film, and no defect: the frames before and behind it have the like of it
/// farther along a straight path, or all around, as rain, confetti and glitter do. Lists that are null: unknown frames.
bool happens_in_the_film(const DefectFacts& defect, const std::vector<DefectFacts>* before,
                         const std::vector<DefectFacts>* behind, cv::Size picture);

}  // namespace reelface
