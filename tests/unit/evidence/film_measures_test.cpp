// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "evidence/compare_videos.h"
#include "evidence/degrade_video.h"
#include "reelface/core/error.h"
#include "support/temporary_folder.h"
#include "test_clip.h"

namespace reelface {
namespace {

using namespace testing;

class FilmMeasuresOfCompare : public ::testing::Test {
 protected:
  /// In mid tones, so that nothing is clipped.
  FilmMeasuresOfCompare() {
    run_ffmpeg(
        "-f lavfi -i testsrc2=s=192x144:r=25:d=0.8 -vf \"format=yuv420p,lutyuv=y=60+0.4*val:u=85+val/3:v=85+val/3\" "
        "-c:v ffv1 " +
        file("source.mkv"));
  }

  std::string file(const std::string& name) const { return folder_.file(name); }

  /// Everything goes through `degrade`, so that what it rounds is the same in all files.
  void make(const std::string& name, const DegradeRecipe& recipe, const std::string& truth = "") const {
    DegradeOptions options;
    options.recipe = recipe;
    options.write.codec = "ffv1";
    if (!truth.empty()) options.truth_folder = file(truth);
    degrade_video(file("source.mkv"), file(name), options);
  }

  Comparison compare(const std::string& restored, const std::string& truth = "") const {
    CompareOptions options;
    options.restored = file(restored);
    options.reference = file("clean.mkv");
    options.input = file("bad.mkv");
    if (!truth.empty()) options.truth = file(truth);
    return compare_videos(options);
  }

  TemporaryFolder folder_;
};

TEST_F(FilmMeasuresOfCompare, DamageMendedAndWholeSamplesChanged) {
  DegradeRecipe dust;
  dust.dust = 12;
  make("clean.mkv", {});
  make("bad.mkv", dust, "truth");
  const Comparison perfect = compare("clean.mkv", "truth"), nothing = compare("bad.mkv", "truth");
  EXPECT_EQ(perfect.restored.mended, 100);
  EXPECT_LT(perfect.restored.wrongly_changed, 0.01);
  EXPECT_TRUE(std::isinf(perfect.restored.damaged_psnr));
  EXPECT_LT(nothing.restored.mended, 5);
  EXPECT_EQ(nothing.restored.wrongly_changed, 0);
  EXPECT_LT(nothing.restored.damaged_psnr, 15);
  EXPECT_GT(nothing.restored.whole_psnr, 50);
  ASSERT_TRUE(perfect.input);
  EXPECT_EQ(perfect.input->mended, nothing.restored.mended);
  DegradeRecipe noise;
  noise.noise = 4;
  make("noisy.mkv", noise);
  const Comparison changed = compare("noisy.mkv", "truth");
  EXPECT_GT(changed.restored.wrongly_changed, 70);
  EXPECT_GT(changed.restored.noise, perfect.restored.noise);
}

TEST_F(FilmMeasuresOfCompare, SwayAndFlickerAreThoseThatDegradeMade) {
  DegradeRecipe shaken;
  shaken.jitter = 0.8;
  shaken.flicker = 0.04;
  make("clean.mkv", {});
  make("bad.mkv", shaken, "truth");
  const Comparison comparison = compare("clean.mkv");
  EXPECT_LT(comparison.restored.weave, 0.01);
  EXPECT_LT(comparison.restored.light_flicker, 0.01);
  EXPECT_TRUE(std::isnan(comparison.restored.mended));
  std::istringstream lines(file_bytes(file("truth/truth.jsonl")));
  double squares = 0, sums[2] = {}, gain = 0, gains = 0;
  int frames = 0;
  for (std::string line; std::getline(lines, line); ++frames) {
    const std::size_t at = line.find("\"weave\":[") + 9;
    const double shift[2] = {std::stod(line.substr(at)), std::stod(line.substr(line.find(',', at) + 1))};
    for (const int axis : {0, 1}) squares += shift[axis] * shift[axis], sums[axis] += shift[axis];
    const double light = number_after(line, "\"flicker\":");
    gain += light, gains += light * light;
  }
  const double weave = std::sqrt((squares - (sums[0] * sums[0] + sums[1] * sums[1]) / frames) / (2 * frames));
  const double flicker = 100 * std::sqrt(gains / frames - gain * gain / frames / frames) / (gain / frames);
  ASSERT_TRUE(comparison.input);
  EXPECT_NEAR(comparison.input->weave, weave,
              0.15 * weave);  // the filter of `degrade` moves slopes a little farther than told
  EXPECT_NEAR(comparison.input->light_flicker, flicker, 0.1 * flicker);
}

TEST_F(FilmMeasuresOfCompare, TheTruthNeedsInputAndCleanFilm) {
  make("clean.mkv", {});
  make("bad.mkv", {}, "truth");
  CompareOptions options;
  options.restored = file("clean.mkv");
  options.input = file("bad.mkv");
  options.truth = file("truth");
  EXPECT_THROW(compare_videos(options), Error);
}

}  // namespace
}  // namespace reelface
