// SPDX-License-Identifier: Apache-2.0
#include "measure/areas.h"

#include <gtest/gtest.h>

#include "reelface/core/error.h"

namespace reelface {
namespace {

SamplePlane flat(float value) {
  SamplePlane plane(20, 12);
  for (float& sample : plane.samples) sample = value;
  return plane;
}

/// Columns 5 and 6 are damaged.
DamageMask two_columns() {
  DamageMask mask{20, 12, std::vector<std::uint8_t>(std::size_t{20} * 12)};
  for (std::size_t line = 0; line < mask.samples.size(); line += 20)
    mask.samples[line + 5] = mask.samples[line + 6] = 255;
  return mask;
}

TEST(Areas, DamageAndWhatIsWholeAreToldApart) {
  const SamplePlane clean = flat(0.5F);
  SamplePlane damaged = clean, restored = clean;
  for (int y = 0; y < 12; ++y) {
    damaged.row(y)[5] = 0.9F;                   // heavy
    damaged.row(y)[6] = 0.55F;                  // not
    restored.row(y)[5] = y < 9 ? 0.52F : 0.6F;  // three quarters mended
    restored.row(y)[4] = 0.7F;                  // beside the damage: neither
    restored.row(y)[12] = 0.6F;                 // false
  }
  const AreaMeasures sums = measure_areas(restored.view(), clean.view(), damaged.view(), two_columns());
  EXPECT_EQ(sums.damaged, 24);
  EXPECT_EQ(sums.heavy, 12);
  EXPECT_EQ(sums.mended, 9);
  EXPECT_EQ(sums.whole, 12 * (20 - 6));
  EXPECT_EQ(sums.changed, 12);
  EXPECT_NEAR(sums.damaged_error, 9 * 0.0004 + 3 * 0.01, 1e-6);
  EXPECT_NEAR(sums.whole_error, 12 * 0.01, 1e-5);
  AreaMeasures twice = sums;
  twice += sums;
  EXPECT_EQ(twice.mended, 18);
  EXPECT_EQ(twice.whole, 2 * sums.whole);
}

TEST(Areas, AMaskOfAnotherSizeIsRefused) {
  const SamplePlane clean = flat(0.5F);
  EXPECT_THROW(measure_areas(clean.view(), clean.view(), clean.view(), {20, 11, std::vector<std::uint8_t>(220)}),
               Error);
}

}  // namespace
}  // namespace reelface
