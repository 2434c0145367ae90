// SPDX-License-Identifier: Apache-2.0
#include "image/sample_field.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "support/frames.h"

namespace reelface {
namespace {

SampleSource source_of(int width, int height, const std::function<double(int, int)>& value) {
  SampleSource source;
  source.width = width;
  source.height = height;
  source.load = [=](int x, int y, int count, float* samples) {
    ASSERT_GE(x, 0);
    ASSERT_GE(y, 0);
    ASSERT_LT(y, height);
    ASSERT_LE(x + count, width);
    for (int i = 0; i < count; ++i) samples[i] = static_cast<float>(value(x + i, y));
  };
  return source;
}

std::vector<float> warp(const SampleSource& source, const Affine& result_to_source, int width, int height) {
  const SampleField field = prepare_field(source, result_to_source, width, height);
  const Affine map = chain(result_to_source, field.from_source);
  std::vector<float> results(static_cast<std::size_t>(width) * height);
  for (int y = 0; y < height; ++y) sample_row(field, map, y, 0, width, results.data() + std::ptrdiff_t{y} * width);
  return results;
}

Affine turned(double scale_x, double scale_y, double angle, double x, double y) {
  return {{scale_x * std::cos(angle), -scale_x * std::sin(angle), x, scale_y * std::sin(angle),
           scale_y * std::cos(angle), y}};
}

TEST(SampleField, GradientsAreExactAtEveryScaleAndAngle) {
  const auto gradient = [](double x, double y) { return 40 + 0.5 * x - 0.25 * y; };
  const SampleSource source = source_of(400, 400, [&](int x, int y) { return gradient(x, y); });
  for (const double scale : {0.2, 0.99, 1.0, 1.3, 2.0, 2.7, 5.5}) {
    for (const double angle : {0.0, 0.4, 1.5707963, 2.8}) {
      const Affine map =
          chain(Affine::scale_and_move(1, 1, -15.5, -15.5), turned(scale, scale * 1.2, angle, 200.3, 199.1));
      const std::vector<float> results = warp(source, map, 32, 32);
      for (int y = 0; y < 32; ++y) {
        for (int x = 0; x < 32; ++x) {
          const Position place = map.apply(Position{double(x), double(y)});
          ASSERT_NEAR(results[y * 32 + x], gradient(place.x, place.y), 2e-3)
              << scale << ' ' << angle << ' ' << x << ' ' << y;
        }
      }
    }
  }
}

TEST(SampleField, WholePlacesGiveTheSamplesThemselves) {
  const SampleSource source = source_of(50, 40, [](int x, int y) { return testing::hash_of(x * 64 + y) % 256; });
  const std::vector<float> results = warp(source, Affine::scale_and_move(1, 1, 7, 3), 30, 30);
  for (int y = 0; y < 30; ++y) {
    for (int x = 0; x < 30; ++x) ASSERT_EQ(results[y * 30 + x], testing::hash_of((x + 7) * 64 + y + 3) % 256);
  }
}

TEST(SampleField, OutsideIsTheEdgeOrTheGivenValue) {
  SampleSource source = source_of(8, 8, [](int x, int) { return 10 * x; });
  // 1000 samples beyond every side, and beyond all of them at once with averaging.
  for (const double scale : {1.0, 3.0}) {
    const std::vector<float> replicated = warp(source, Affine::scale_and_move(scale, scale, -1000, -1000), 4, 4);
    for (const float value : replicated) EXPECT_EQ(value, 0);
    const std::vector<float> right = warp(source, Affine::scale_and_move(scale, scale, 1000, 1000), 4, 4);
    for (const float value : right) EXPECT_FLOAT_EQ(value, 70);
  }
  source.outside = 5.0F;
  for (const double place : {-1000.0, -30.0, 40.0, 1000.0}) {
    for (const float value : warp(source, Affine::scale_and_move(1, 1, place, 0), 3, 3)) EXPECT_FLOAT_EQ(value, 5);
    for (const float value : warp(source, Affine::scale_and_move(2.5, 2.5, 0, place), 3, 3)) EXPECT_FLOAT_EQ(value, 5);
  }
}

TEST(SampleField, TinySourcesWork) {
  const SampleSource source = source_of(1, 1, [](int, int) { return 9; });
  for (const double scale : {0.01, 1.0, 7.3, 1e6}) {
    for (const float value : warp(source, Affine::scale_and_move(scale, scale, 0, 0), 5, 5)) EXPECT_FLOAT_EQ(value, 9);
  }
}

TEST(SampleField, NothingFinerThanTheResultGetsThrough) {
  for (const double scale : {1.5, 2.0, 2.6, 3.9, 6.5}) {
    // A wave at 1.5 times what the result could hold: it would come back as a false, slow wave.
    const double frequency = 1.5 * 0.5 / scale;
    const SampleSource source =
        source_of(500, 500, [&](int x, int y) { return 100 * std::cos(6.283185307 * frequency * (x + 0.37 * y)); });
    const std::vector<float> results = warp(source, turned(scale, scale, 0.2, 150, 60), 48, 48);
    double energy = 0;
    for (const float value : results) energy += value * value;
    EXPECT_LT(std::sqrt(energy / results.size()), (scale < 2 ? 0.5 : 0.25) * 70.7) << scale;
    // And one at half of what it can hold keeps most of its height.
    const double slow = 0.25 / scale;
    const SampleSource kept = source_of(500, 500, [&](int x, int) { return 100 * std::cos(6.283185307 * slow * x); });
    energy = 0;
    for (const float value : warp(kept, turned(scale, scale, 0, 150, 60), 48, 48)) energy += value * value;
    EXPECT_GT(std::sqrt(energy / results.size()), 0.75 * 70.7) << scale;
  }
}

TEST(SampleField, RowsInPartsEqualWholeRows) {
  const SampleSource source = source_of(100, 100, [](int x, int y) { return testing::hash_of(x * 128 + y) % 1024; });
  const Affine map = turned(0.83, 0.83, 0.3, 20, 10);
  const SampleField field = prepare_field(source, map, 61, 61);
  const Affine to_field = chain(map, field.from_source);
  std::vector<float> whole(61);
  sample_row(field, to_field, 20, 0, 61, whole.data());
  for (const int cut : {1, 2, 3, 17, 60}) {
    std::vector<float> parts(61);
    sample_row(field, to_field, 20, 0, cut, parts.data());
    sample_row(field, to_field, 20, cut, 61, parts.data() + cut);
    EXPECT_EQ(parts, whole) << cut;
  }
}

}  // namespace
}  // namespace reelface
