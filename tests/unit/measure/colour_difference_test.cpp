// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "measure/colour_difference.h"
#include "python_reference.h"
#include "reelface/core/error.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

// Pairs that the authors of the formula's best-known check list chose for its traps: hue wrap, greys, rotation term.
TEST(Ciede2000, PublishedPairs) {
  const struct {
    LabColour left, right;
    double expected;
  } pairs[] = {
      {{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
      {{50, 3.1571, -77.2803}, {50, 0, -82.7485}, 2.8615},
      {{50, 2.8361, -74.0200}, {50, 0, -82.7485}, 3.4412},
      {{50, -1.3802, -84.2814}, {50, 0, -82.7485}, 1.0000},
      {{50, 0, 0}, {50, -1, 2}, 2.3669},
      {{50, 2.49, -0.001}, {50, -2.49, 0.0009}, 7.1792},
      {{50, 2.49, -0.001}, {50, -2.49, 0.0011}, 7.2195},
      {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
      {{50, 2.5, 0}, {61, -5, 29}, 22.8977},
      {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
      {{2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082},
  };
  for (const auto& pair : pairs) {
    EXPECT_NEAR(ciede2000(pair.left, pair.right), pair.expected, 5e-5);
    EXPECT_NEAR(ciede2000(pair.right, pair.left), pair.expected, 5e-5);
  }
}

TEST(Ciede2000, EqualColoursAreZeroApart) {
  EXPECT_EQ(ciede2000({40, 12, -3}, {40, 12, -3}), 0);
  EXPECT_EQ(ciede2000({0, 0, 0}, {0, 0, 0}), 0);
}

TEST(Ciede2000, AgreesWithScikitImage) {
  if (!testing::python_has("skimage")) GTEST_SKIP() << "python3-skimage is not installed";
  const testing::TemporaryFolder folder;
  std::mt19937 random(11);
  std::uniform_real_distribution<double> lightness(0, 100), axis(-90, 90), unit(0, 1);
  std::ostringstream colours, rgb;
  std::vector<double> ours, our_lab;
  for (int i = 0; i < 400; ++i) {
    const LabColour left{lightness(random), axis(random), axis(random)};
    const LabColour right{lightness(random), axis(random), axis(random)};
    colours.precision(17);
    colours << left.lightness << ' ' << left.a << ' ' << left.b << ' ' << right.lightness << ' ' << right.a << ' '
            << right.b << '\n';
    ours.push_back(ciede2000(left, right));
    const double r = unit(random), g = unit(random) * unit(random), b = unit(random);
    rgb.precision(17);
    rgb << r << ' ' << g << ' ' << b << '\n';
    const LabColour lab = lab_from_srgb(r, g, b);
    our_lab.insert(our_lab.end(), {lab.lightness, lab.a, lab.b});
  }
  std::ofstream(folder.file("colours.txt")) << colours.str();
  std::ofstream(folder.file("rgb.txt")) << rgb.str();
  const auto compare = [](const testing::ProgramResult& python, const std::vector<double>& values, double tolerance) {
    ASSERT_EQ(python.exit_code, 0) << python.output;
    std::istringstream expected(python.output);
    for (const double value : values) {
      double theirs = -1;
      ASSERT_TRUE(expected >> theirs);
      EXPECT_NEAR(value, theirs, tolerance);
    }
  };
  compare(testing::run_reference("colours " + folder.file("colours.txt")), ours, 1e-6);
  compare(testing::run_reference("lab " + folder.file("rgb.txt")), our_lab, 1e-3);
}

TEST(MeanColourDifference, CountsEveryStepOfAPicture) {
  RgbImageF grey(9, 7), tinted(9, 7);
  std::fill(grey.samples.begin(), grey.samples.end(), 0.5F);
  tinted.samples = grey.samples;
  for (std::size_t i = 0; i < tinted.samples.size(); i += 3) tinted.samples[i] = 0.55F;
  const double expected = ciede2000(lab_from_srgb(0.5, 0.5, 0.5), lab_from_srgb(0.55F, 0.5, 0.5));
  EXPECT_EQ(mean_colour_difference(grey.view(), grey.view()), 0);
  for (const int step : {1, 2, 4, 100}) {
    EXPECT_NEAR(mean_colour_difference(tinted.view(), grey.view(), step), expected, 1e-6);
  }
  EXPECT_GT(expected, 1);
  EXPECT_THROW(mean_colour_difference(grey.view(), grey.view(), 0), Error);
  EXPECT_THROW(mean_colour_difference(grey.view(), RgbImageF(7, 9).view()), Error);
}

}  // namespace
}  // namespace reelface
