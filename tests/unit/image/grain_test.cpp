// SPDX-License-Identifier: Apache-2.0
#include "image/grain.h"

#include <gtest/gtest.h>

#include <cmath>

#include "image/crop.h"
#include "support/frames.h"
#include "support/mask_weight.h"

namespace reelface {
namespace {

using testing::all_codes;
using testing::code_at;
using testing::frame_facts;
using testing::weight_at;

constexpr int kSide = 256;
constexpr int kCrop = 128;

/// The crop is the frame's middle.
const Affine kMap = Affine::scale_and_move(1, 1, -64, -64);

MaskImage middle_mask() {
  MaskImage mask(kCrop, kCrop);
  for (int y = 24; y < 104; ++y) {
    for (int x = 24; x < 104; ++x) weight_at(mask, x, y) = 1;
  }
  return mask;
}

bool in_face(int x, int y) {
  return x >= 88 && x < 168 && y >= 88 && y < 168;
}

double bell(std::uint32_t seed) {
  double sum = 0;
  for (std::uint32_t k = 0; k < 4; ++k) sum += (testing::hash_of(4 * seed + k) & 0xFFFF) / 65535.0 - 0.5;
  return sum * std::sqrt(3.0);
}

/// Flat luma with noise of the given deviations (in codes of 8 bits) inside and outside the face.
Frame noisy_frame(const std::string& layout, double level, double face, double surroundings, int smear = 0) {
  const FrameFacts facts = frame_facts(layout, kSide, kSide);
  const double unit = 1 << (facts.layout.bit_depth() - 8);
  return testing::frame_of_codes(facts, [&](int component, int x, int y) {
    if (component > 0 && facts.layout.family == ColourFamily::kYuv) return static_cast<int>(128 * unit);
    double noise = 0;
    double power = 0;
    for (int dy = -smear; dy <= smear; ++dy) {
      for (int dx = -smear; dx <= smear; ++dx) {
        const double weight = std::exp(-(dx * dx + dy * dy) / 1.28);  // a bell of 0.8 samples
        noise += weight * bell(static_cast<std::uint32_t>((y + dy + 8) * 512 + x + dx + 8));
        power += weight * weight;
      }
    }
    return static_cast<int>(
        std::lround(unit * (level + (in_face(x, y) ? face : surroundings) * noise / std::sqrt(power))));
  });
}

TEST(MeasureGrain, FindsTheNoiseOfFaceAndSurroundings) {
  for (const char* layout : {"yuv420p", "yuv420p10le", "gray16le", "rgb24", "nv12"}) {
    const Frame frame = noisy_frame(layout, 120, 2, 6);
    const bool full = frame.facts().layout.family != ColourFamily::kYuv;
    const double range = full ? 255 : 219;
    const GrainModel face = measure_grain(frame, kMap, middle_mask(), GrainRegion::kFace);
    const GrainModel around = measure_grain(frame, kMap, middle_mask(), GrainRegion::kSurroundings);
    ASSERT_GT(face.blocks, 12);
    for (int level = 0; level < GrainModel::kLevels; ++level) {
      EXPECT_NEAR(face.sigma[level] * range, 2, 0.35) << layout;
      EXPECT_NEAR(around.sigma[level] * range, 6, 0.8) << layout;
    }
    EXPECT_LT(around.correlation, 0.1) << layout;
  }
}

TEST(MeasureGrain, SeesThatCoarseGrainIsCoarse) {
  const Frame frame = noisy_frame("gray16le", 120, 6, 6, 3);
  const GrainModel around = measure_grain(frame, kMap, middle_mask(), GrainRegion::kSurroundings);
  EXPECT_NEAR(around.correlation, std::exp(-1 / (4 * 0.64)), 0.08);
  EXPECT_NEAR(around.sigma[3] * 255, 6, 1);
}

TEST(MeasureGrain, TextureIsNotGrain) {
  const FrameFacts facts = frame_facts("gray", kSide, kSide);
  const Frame frame = testing::frame_of_codes(facts, [](int, int x, int y) {
    const bool stripes = x / 16 % 2 == 0;  // half of the blocks
    return 120 + (stripes ? 40 * (x / 2 % 2) : 0) +
           static_cast<int>(std::lround(2 * bell(static_cast<std::uint32_t>(y * 512 + x))));
  });
  EXPECT_NEAR(measure_grain(frame, kMap, middle_mask(), GrainRegion::kSurroundings).sigma[4] * 255, 2, 0.4);
}

TEST(MeasureGrain, NothingToMeasureIsEmpty) {
  const Frame frame = noisy_frame("gray", 120, 2, 2);
  EXPECT_TRUE(measure_grain(frame, kMap, MaskImage(kCrop, kCrop, 0), GrainRegion::kFace).is_empty());
  EXPECT_TRUE(
      measure_grain(frame, Affine::scale_and_move(1, 1, 5000, 0), middle_mask(), GrainRegion::kFace).is_empty());
  const Frame tiny = testing::noise_frame(frame_facts("gray", 3, 3));
  EXPECT_TRUE(measure_grain(tiny, Affine{}, MaskImage(3, 3, 1), GrainRegion::kFace).is_empty());
  EXPECT_TRUE(missing_grain(GrainModel{}, GrainModel{}, GrainModel{}).is_empty());
}

TEST(AddGrain, GivesBackWhatWasMissing) {
  for (const char* layout : {"yuv420p", "yuv420p10le", "rgb24"}) {
    for (const int smear : {0, 3}) {
      const Frame before = noisy_frame(layout, 120, 5, 5, smear);
      Frame frame = noisy_frame(layout, 120, 0, 5, smear);  // the face was smoothed
      const auto measured = [&](const Frame& of, GrainRegion region) {
        return measure_grain(of, kMap, middle_mask(), region);
      };
      const GrainModel missing =
          missing_grain(measured(frame, GrainRegion::kSurroundings), measured(before, GrainRegion::kFace),
                        measured(frame, GrainRegion::kFace));
      add_grain(frame, kMap, middle_mask(), missing, 42);
      const GrainModel after = measured(frame, GrainRegion::kFace);
      const GrainModel around = measured(frame, GrainRegion::kSurroundings);
      EXPECT_NEAR(after.sigma[4] / around.sigma[4], 1, 0.15) << layout << smear;
      EXPECT_NEAR(after.correlation, around.correlation, 0.12) << layout << smear;
    }
  }
}

TEST(MissingGrain, IsLittleWhereLittleIsKnown) {
  const auto of_blocks = [](int blocks, float sigma) {
    GrainModel grain;
    grain.sigma.fill(sigma);
    grain.blocks = blocks;
    return grain;
  };
  const auto missing = [&](int around, int before, int after) {
    return missing_grain(of_blocks(around, 0.02F), of_blocks(before, 0.02F), of_blocks(after, 0)).sigma[4];
  };
  EXPECT_FLOAT_EQ(missing(40, 30, 30), 0.02F);
  EXPECT_FLOAT_EQ(missing(40, 16, 30), 0.01F);
  EXPECT_FLOAT_EQ(missing(6, 30, 30), 0);
  EXPECT_FLOAT_EQ(missing(40, 30, 4), 0);
}

TEST(AddGrain, TouchesOnlyTheLumaInsideTheMask) {
  for (const std::string& layout : testing::many_layouts()) {
    const FrameFacts facts = frame_facts(layout, kSide, kSide);
    const Frame original = testing::noise_frame(facts);
    Frame frame = original.share();
    GrainModel grain;
    grain.sigma.fill(0.05F);
    grain.blocks = 20;
    add_grain(frame, kMap, middle_mask(), grain, 1);
    int changed = 0;
    for (int component = 0; component < facts.layout.component_count; ++component) {
      const bool keeps = (facts.layout.family == ColourFamily::kYuv && component > 0) || component == 3 ||
                         (facts.layout.has_alpha && component == facts.layout.component_count - 1);
      for (int y = 0; y < component_height(facts, component); ++y) {
        for (int x = 0; x < component_width(facts, component); ++x) {
          const bool same = code_at(frame, component, x, y) == code_at(original, component, x, y);
          ASSERT_TRUE(same || !(keeps || !in_face(x, y))) << layout << ' ' << component;
          changed += !same;
        }
      }
    }
    EXPECT_GT(changed, 1000) << layout;
  }
}

TEST(AddGrain, TheSameSeedGivesTheSameNoiseWhereverTheFaceIsCut) {
  GrainModel grain;
  grain.sigma.fill(0.03F);
  grain.correlation = 0.4F;
  grain.blocks = 20;
  const Frame original = noisy_frame("gray", 120, 0, 0);
  Frame first = original.share();
  add_grain(first, kMap, middle_mask(), grain, 7);
  Frame second = original.share();
  // Another crop of the same place: the noise belongs to the picture.
  MaskImage larger(kSide, kSide);
  for (int y = 88; y < 168; ++y) {
    for (int x = 88; x < 168; ++x) weight_at(larger, x, y) = 1;
  }
  add_grain(second, Affine{}, larger, grain, 7);
  EXPECT_EQ(all_codes(first), all_codes(second));
  Frame third = original.share();
  add_grain(third, kMap, middle_mask(), grain, 8);
  EXPECT_NE(all_codes(first), all_codes(third));
}

TEST(FineNoiseShare, TellsNoiseFromDetailAboveTheCrop) {
  const Affine coarse = Affine::scale_and_move(0.4, 0.4, 0, 0);  // the crop shows the frame with fewer pixels
  const int size = 102;
  const MaskImage mask(size, size, 1);
  const auto share = [&](const Frame& frame, const Affine& map) {
    const RgbImageF crop = extract_crop(frame, map, size);
    return fine_noise_share(frame, map, crop.view(), mask, measure_grain(frame, map, mask, GrainRegion::kFace));
  };
  EXPECT_GT(share(noisy_frame("yuv420p", 120, 5, 5), coarse), 0.8);
  // Stripes that only the frame can show, in half of the picture, on the same noise.
  const Frame detailed = testing::frame_of_codes(frame_facts("gray", kSide, kSide), [](int, int x, int y) {
    const double noise = 5 * bell(static_cast<std::uint32_t>(y * 512 + x));
    return static_cast<int>(std::lround(120 + noise + (x / 32 % 2 == 0 ? 20 * (x % 2) : 0)));
  });
  EXPECT_LT(share(detailed, coarse), 0.5);
  EXPECT_EQ(share(noisy_frame("gray", 120, 5, 5), Affine{}), 0) << "a crop as fine as the frame hides nothing";
  EXPECT_EQ(share(noisy_frame("gray", 120, 0, 0), coarse), 0);
}

TEST(ContentSeed, ChangesWithThePictureOnly) {
  RgbImageF crop(8, 8);
  const std::uint64_t seed = content_seed(crop.view());
  EXPECT_EQ(content_seed(crop.view()), seed);
  crop.samples[100] = 1e-6F;
  EXPECT_NE(content_seed(crop.view()), seed);
}

}  // namespace
}  // namespace reelface
