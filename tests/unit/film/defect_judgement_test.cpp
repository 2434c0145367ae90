// SPDX-License-Identifier: Apache-2.0
#include "film/defect_judgement.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

using Frame = std::vector<StandingOut>;

const cv::Size kPicture(640, 480);

StandingOut spot(int x, int y, int side = 5, double contrast = 60) {
  return {{x, y, side, side}, side * side, contrast, DefectSign::kLight};
}

bool judged(const StandingOut& found, double evidence, const Frame* before, const Frame* behind) {
  Defect defect;
  defect.found = found;
  defect.box = found.box;
  defect.evidence = evidence;
  return is_defect(defect, before, behind, kPicture);
}

TEST(DefectJudgement, ASpeckAloneIsOne) {
  const Frame none;
  EXPECT_TRUE(judged(spot(100, 100), 0.5, &none, &none));
  EXPECT_FALSE(judged(spot(100, 100), -0.5, &none, &none));
}

TEST(DefectJudgement, OneOfManyIsNone) {
  Frame rain;
  for (int i = 0; i < 12; ++i) rain.push_back(spot(60 + 9 * i, 100));
  const Frame none;
  EXPECT_FALSE(judged(spot(100, 100), 1.5, &rain, &rain));
  EXPECT_TRUE(judged(spot(100, 100), 1.5, &rain, &none));      // a dirty frame before
  EXPECT_TRUE(judged(spot(100, 100, 20), 1.5, &rain, &rain));  // another kind of thing
}

TEST(DefectJudgement, SomethingLargeThatIsElsewhereBeforeAndBehindMoves) {
  const Frame before{spot(200, 100, 30)}, behind{spot(20, 150, 30)}, none;
  EXPECT_FALSE(judged(spot(100, 100, 30), 5, &before, &behind));
  EXPECT_TRUE(judged(spot(100, 100, 30), 5, &before, &none));
}

TEST(DefectJudgement, AtTheEndsOfAShotMoreEvidenceIsAskedFor) {
  const Frame none;
  EXPECT_FALSE(judged(spot(100, 100), 1, nullptr, &none));
  EXPECT_TRUE(judged(spot(100, 100), 2, nullptr, &none));
  EXPECT_FALSE(judged(spot(100, 100), 9, nullptr, nullptr));
}

}  // namespace
}  // namespace reelface
