// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "film/defects.h"

namespace reelface {

/// What speaks for and against a defect. Lengths are those of a picture 480 lines high.
struct DefectFacts {
  double contrast = 0;      ///< grey levels that it stands out by
  double area = 0;          ///< samples
  double error = 0;         ///< grey levels, noise taken off: of the reference that shows best what is around it
  double disagreement = 0;  ///< likewise, between the references, around it
  double likeness = 0;  ///< correlation with what is most like it near by, elsewhere, in whichever reference has more
};

/// Of a spot that was found between these references. Notes in it which one it is to be filled from, and its light.
/// The likeness, which takes long, is left out.
DefectFacts facts_of(Defect& defect, const MatchedFrames& frames);
double likeness_near_by(const Defect& defect, const MatchedFrames& frames);

/// Above 0 for a defect.
double evidence_of(const DefectFacts& facts);

/// Measures and weighs all of it.
double weigh(Defect& defect, const MatchedFrames& frames);

}  // namespace reelface
