// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/strength_choice.h"

#include <gtest/gtest.h>

#include "reelface/faces/similarity.h"

namespace reelface {
namespace {

constexpr ModelTraits kSeesFive{5, false, WorksOn::kCrops, 1};
constexpr ModelTraits kPaints{1, true, WorksOn::kCrops, 1};

double strength_of(const CropQuality& quality, double score, const StrengthOptions& options) {
  TrackedFace face;
  face.confidence = score;
  face.size_px = 80;
  face.alignment.template_points = alignment_template(512);
  return face_strength(face, quality, options).total();
}

CropQuality clean_and_sharp() {
  CropQuality quality;
  quality.sharpness = 0.45;
  quality.noise_levels = 0;
  return quality;
}

TEST(StrengthChoice, WhatIsAskedForIsTheMost) {
  RestoreOptions options;
  options.model.strength_percent = 40;
  const double whole = strength_of({}, 1, strength_options(RestoreOptions(), kPaints));
  EXPECT_GT(whole, 0);
  EXPECT_NEAR(strength_of({}, 1, strength_options(options, kPaints)), 0.4 * whole, 1e-9);
}

TEST(StrengthChoice, OnlyWhoSeesNeighboursSparesFacesThatAreSharpAlready) {
  EXPECT_EQ(strength_of(clean_and_sharp(), 1, strength_options({}, kSeesFive)), 0);
  EXPECT_GT(strength_of(clean_and_sharp(), 1, strength_options({}, kPaints)), 0.5);
}

TEST(StrengthChoice, FacesJustAboveTheDetectorsThresholdAreRestoredALittle) {
  for (const double threshold : {0.5, 0.65, 0.9}) {
    RestoreOptions options;
    options.faces.detector_score = threshold;
    const StrengthOptions chosen = strength_options(options, kPaints);
    EXPECT_LT(chosen.doubtful_score, threshold);
    EXPECT_GT(strength_of({}, threshold + 0.02, chosen), 0) << threshold;
  }
}

}  // namespace
}  // namespace reelface
