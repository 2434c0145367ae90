// SPDX-License-Identifier: Apache-2.0
#include "reelface/faces/similarity.h"

#include <gtest/gtest.h>

#include "unit/faces/scripted_scene.h"

namespace reelface {
namespace {

using testing::posed_face;

TEST(Similarity, FindsWhatMovedThePoints) {
  const Similarity truth{0.4, -1.2, 30, -700};
  std::array<Point, 5> moved = alignment_template(512);
  for (Point& point : moved) point = truth.apply(point);
  const Similarity found = fit_similarity(alignment_template(512), moved);
  EXPECT_NEAR(found.log_scale, 0.4, 1e-6);
  EXPECT_NEAR(found.angle, -1.2, 1e-6);
  EXPECT_NEAR(found.x, 30, 1e-3);
  EXPECT_NEAR(found.y, -700, 1e-3);
  EXPECT_LT(rms_residual(found, alignment_template(512), moved), 1e-3);
}

TEST(Similarity, InverseUndoes) {
  const Similarity similarity{-0.7, 2.5, 11, 23};
  const Point point = similarity.inverse().apply(similarity.apply({100, 50}));
  EXPECT_NEAR(point.x, 100, 1e-4);
  EXPECT_NEAR(point.y, 50, 1e-4);
}

TEST(Similarity, MatrixSaysTheSame) {
  const Similarity similarity{0.3, 0.5, -3, 8};
  const auto matrix = similarity.matrix();
  const Point point = similarity.apply({7, 9});
  EXPECT_NEAR(matrix[0] * 7 + matrix[1] * 9 + matrix[2], point.x, 1e-5);
  EXPECT_NEAR(matrix[3] * 7 + matrix[4] * 9 + matrix[5], point.y, 1e-5);
}

TEST(Similarity, LeastSquaresIsTheBestThereIs) {
  std::array<Point, 5> points = posed_face({300, 200, 90, 0.2}).points;
  points[2].x += 9;
  points[4].y -= 5;
  const Similarity best = fit_similarity(points, alignment_template(512));
  const double residual = rms_residual(best, points, alignment_template(512));
  for (const Similarity& step : {Similarity{0.01, 0, 0, 0}, {0, 0.01, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}) {
    const Similarity more{best.log_scale + step.log_scale, best.angle + step.angle, best.x + step.x, best.y + step.y};
    const Similarity less{best.log_scale - step.log_scale, best.angle - step.angle, best.x - step.x, best.y - step.y};
    EXPECT_LT(residual, rms_residual(more, points, alignment_template(512)));
    EXPECT_LT(residual, rms_residual(less, points, alignment_template(512)));
  }
}

TEST(Similarity, PointsThatCoincideDoNoHarm) {
  std::array<Point, 5> points;
  points.fill({40, 50});
  const Similarity similarity = fit_similarity(points, alignment_template(512));
  EXPECT_EQ(similarity.log_scale, 0);
  EXPECT_TRUE(std::isfinite(similarity.x));
}

TEST(Similarity, TheTemplateScalesAboutPixelCorners) {
  // A picture halved in size has its pixel (0, 0) between the first four: 2x + 0.5 in the large picture's coordinates.
  const auto small = alignment_template(256), large = alignment_template(512);
  for (std::size_t index = 0; index < small.size(); ++index) {
    EXPECT_NEAR(2 * small[index].x + 0.5, large[index].x, 1e-4);
    EXPECT_NEAR(2 * small[index].y + 0.5, large[index].y, 1e-4);
  }
}

}  // namespace
}  // namespace reelface
