#include "reelface/faces/template_calibration.h"

#include <gtest/gtest.h>

#include "unit/faces/scripted_scene.h"

namespace reelface {
namespace {

using testing::posed_face;

TEST(TemplateCalibration, NothingKnownMeansNoOffsets) {
  const TemplateCalibration calibration = measure_calibration({});
  for (std::size_t index = 0; index < 5; ++index) {
    EXPECT_EQ(calibration.target_points()[index].x, alignment_template(512)[index].x);
    EXPECT_EQ(calibration.offsets_at_512[index].y, 0);
  }
}

TEST(TemplateCalibration, TakesOutADetectorsOwnShape) {
  // A detector that puts the mouth 4 % of the face's size too low and the left eye 2 % too far left, and shakes a
  // little.
  std::mt19937 random(3);
  std::normal_distribution<float> normal(0, 0.5F);
  std::vector<CalibrationPair> pairs;
  const auto detected = [](const testing::TruePose& pose) {
    std::array<Point, 5> points = posed_face({0, 0, pose.size, 0}).points;
    const auto size = static_cast<float>(pose.size);
    points[0].x -= 0.02F * size;
    points[3].y += 0.04F * size;
    points[4].y += 0.04F * size;
    const Similarity turn{0, pose.angle, pose.x, pose.y};
    for (Point& point : points) point = turn.apply(point);
    return points;
  };
  const auto reference = [](const testing::TruePose& pose) { return posed_face(pose).points; };
  for (int index = 0; index < 200; ++index) {
    const testing::TruePose pose{10.0 * index, 300, 60.0 + index, 0.01 * index};
    auto seen = detected(pose);
    for (Point& point : seen) point = {point.x + normal(random), point.y + normal(random)};
    pairs.emplace_back(seen, reference(pose));
  }
  const TemplateCalibration calibration = measure_calibration(pairs);
  EXPECT_NEAR(calibration.offsets_at_512[3].y, 0.04 * 280, 0.5);
  EXPECT_NEAR(calibration.offsets_at_512[0].x, -0.02 * 280, 0.5);

  const testing::TruePose pose{500, 200, 120, 0.3};
  const Similarity calibrated = fit_similarity(detected(pose), calibration.target_points());
  EXPECT_LT(rms_residual(calibrated, reference(pose), alignment_template(512)), 1);
  const Similarity plain = fit_similarity(detected(pose), alignment_template(512));
  EXPECT_GT(rms_residual(plain, reference(pose), alignment_template(512)), 3);
}

}  // namespace
}  // namespace reelface
