// SPDX-License-Identifier: Apache-2.0
#include "faces/temporal_blender.h"

#include <gtest/gtest.h>

#include <limits>
#include <thread>
#include <vector>

#include "reelface/core/error.h"
#include "unit/motion/moving_crop.h"

namespace reelface {
namespace {

using namespace reelface::testing;  // NOLINT: helpers of this test

constexpr double kStep = 0.04;

cv::Mat blend(TemporalBlender& blender, int frame, const cv::Mat& input, const cv::Mat& restored,
              std::int64_t piece = 1) {
  const auto crop = std::make_shared<const RgbImageF>(image_of(input));
  return matrix_of(blender.blend(piece, frame * kStep, crop, image_of(restored)));
}

/// A moving soft face, the detail it ideally gets, and a restorer that flickers around that.
struct Footage {
  cv::Mat face = soft_texture(1, 256, 5);
  cv::Mat ideal = soft_texture(2, 256, 1.5) * 0.5 - cv::Scalar::all(0.25);
  double motion = 3;
  double grain = 0.01;
  double flicker = 0.03;

  cv::Mat input(int frame) const { return moved_by_path(face, frame, motion) + noise(256, grain, 1000 + frame); }
  cv::Mat ideal_detail(int frame) const { return moved_by_path(ideal, frame, motion); }
  cv::Mat restored(int frame) const {
    return input(frame) + ideal_detail(frame) + noise(256, flicker, 5000 + frame, 1);
  }
};

Footage moving_footage(double motion) {
  Footage footage;
  footage.motion = motion;
  return footage;
}

Footage still_footage() {
  Footage footage = moving_footage(0);
  footage.grain = 0;
  return footage;
}

TEST(TemporalBlender, AFrozenPictureStaysFrozen) {
  for (int side : {16, 33, 128, 256, 512}) {
    TemporalBlender blender;
    const cv::Mat input = soft_texture(1, side, 3), restored = soft_texture(2, side, 2);
    const cv::Mat first = blend(blender, 0, input, restored);
    EXPECT_LT(cv::norm(first, restored, cv::NORM_INF), 1e-5);
    for (int frame = 1; frame < (side > 256 ? 5 : 16); ++frame)
      ASSERT_TRUE(equal_bits(blend(blender, frame, input, restored), first)) << frame;
  }
}

TEST(TemporalBlender, ARestorationThatChangesNothingStaysAsItIs) {
  TemporalBlender blender;
  const Footage footage = moving_footage(3);
  for (int frame = 0; frame < 6; ++frame) {
    const cv::Mat input = footage.input(frame);
    EXPECT_LT(cv::norm(blend(blender, frame, input, input), input, cv::NORM_INF), 1e-5) << frame;
  }
}

TEST(TemporalBlender, FlickerOnAFrozenPictureIsMoreThanHalved) {
  TemporalBlender blender;
  const Footage footage = still_footage();
  double before = 0, after = 0;
  for (int frame = 0; frame < 20; ++frame) {
    const cv::Mat input = footage.input(frame), restored = footage.restored(frame),
                  ideal = input + footage.ideal_detail(frame);
    const cv::Mat blended = blend(blender, frame, input, restored);
    if (frame < 4) continue;
    before += rms_inside(restored, ideal);
    after += rms_inside(blended, ideal);
  }
  EXPECT_LT(after / before, 0.5);
}

TEST(TemporalBlender, DetailFollowsTheMotionOfTheInput) {
  for (double motion : {1.0, 3.0, 6.0}) {
    TemporalBlender blender;
    const Footage footage = moving_footage(motion);
    double before = 0, after = 0, kept = 0, whole = 0;
    for (int frame = 0; frame < 16; ++frame) {
      const cv::Mat input = footage.input(frame), detail = footage.ideal_detail(frame);
      const cv::Mat restored = input + detail + noise(256, footage.flicker, 5000 + frame, 1);
      const cv::Mat blended = blend(blender, frame, input, restored);
      if (frame < 4) continue;
      before += rms_inside(restored, input + detail);
      after += rms_inside(blended, input + detail);
      kept += (blended - input).dot(detail);
      whole += detail.dot(detail);
    }
    EXPECT_LT(after / before, 0.7) << motion;  // 3 dB nearer to the ideal picture
    EXPECT_GT(kept / whole, 0.97) << motion;
  }
}

TEST(TemporalBlender, WhereLittleFlickersNothingIsLostToImpreciseMotion) {
  struct Case {
    double motion, most;
  };
  for (const Case& one : {Case{1, 0.8}, Case{3, 1}, Case{8, 1.15}}) {
    TemporalBlender blender;
    Footage footage = moving_footage(one.motion);
    footage.ideal *= 0.3;
    footage.grain = 0.002;
    footage.flicker = 0.004;
    double before = 0, after = 0;
    for (int frame = 0; frame < 12; ++frame) {
      const cv::Mat input = footage.input(frame), ideal = input + footage.ideal_detail(frame);
      const cv::Mat restored = footage.restored(frame);
      before += rms_inside(restored, ideal);
      after += rms_inside(blend(blender, frame, input, restored), ideal);
    }
    EXPECT_LT(after / before, one.most) << one.motion;
  }
}

TEST(TemporalBlender, AMaskLeavesOutWhatIsNotSeenAndNothingElse) {
  TemporalBlender whole, masked;
  const Footage footage = moving_footage(3);
  MaskImage mask(256, 256);
  for (int row = 40; row < 220; ++row) {
    for (int column = 50 + row / 8; column < 190; ++column) mask.weights[256U * row + column] = 0.5F;
  }
  const cv::Mat hidden = cv::Mat(256, 256, CV_32F, mask.weights.data()) == 0;
  for (int frame = 0; frame < 5; ++frame) {
    const auto crop = std::make_shared<const RgbImageF>(image_of(footage.input(frame)));
    const RgbImageF restored = image_of(footage.restored(frame));
    cv::Mat expected = matrix_of(whole.blend(1, frame * kStep, crop, restored));
    cv::Mat result = matrix_of(masked.blend(1, frame * kStep, crop, restored, nullptr, &mask));
    EXPECT_EQ(cv::norm(expected, result, cv::NORM_INF) > 0.01, frame > 0);
    expected.setTo(0, hidden);
    result.setTo(0, hidden);
    EXPECT_TRUE(equal_bits(result, expected)) << frame;
  }
}

TEST(TemporalBlender, NothingGhostsWhereTheInputChanges) {
  // Half of the picture turns into something else from one frame to the next, and so does what belongs on it.
  TemporalBlender blender;
  const cv::Mat face = soft_texture(1, 256, 4), other = soft_texture(9, 256, 4) * 0.6;
  const cv::Mat detail = soft_texture(2, 256, 2) - cv::Scalar::all(0.5),
                other_detail = soft_texture(8, 256, 2) - cv::Scalar::all(0.5);
  const cv::Rect changed(0, 128, 256, 128);
  for (int frame = 0; frame < 10; ++frame) blend(blender, frame, face, face + detail);
  cv::Mat input = face.clone(), ideal = detail.clone();
  other(changed).copyTo(input(changed));
  other_detail(changed).copyTo(ideal(changed));
  const cv::Mat blended = blend(blender, 10, input, input + ideal);
  const cv::Rect inside(20, 150, 216, 90);
  const double wrong = cv::norm((blended - input - ideal)(inside), cv::NORM_L2),
               all = cv::norm((detail - ideal)(inside), cv::NORM_L2);
  EXPECT_LT(wrong / all, 0.15);
}

TEST(TemporalBlender, ALoneBrightnessStepOfTheRestorerIsDamped) {
  TemporalBlender blender;
  const cv::Mat input = soft_texture(1, 128, 3);
  cv::RNG random(4);
  double raw = 0, damped = 0;
  for (int frame = 0; frame < 60; ++frame) {
    const double offset = random.gaussian(0.02);
    const cv::Mat blended = blend(blender, frame, input, input + cv::Scalar::all(offset));
    if (frame < 12) continue;
    raw += offset * offset;
    damped += std::pow(cv::mean(blended - input)[0], 2);
  }
  EXPECT_LT(std::sqrt(damped / raw), 0.4);
}

TEST(TemporalBlender, AFadeOfTheLightIsNotHeldBack) {
  TemporalBlender blender;
  const cv::Mat face = soft_texture(1, 128, 3);
  for (int frame = 0; frame < 30; ++frame) {
    const double light = frame < 15 ? 1 : 0.4;
    const cv::Mat blended = blend(blender, frame, face * light, face * light * 1.3);
    EXPECT_LT(rms_inside(blended, face * light * 1.3), 0.01) << frame;
  }
}

TEST(TemporalBlender, APieceKnowsNothingOfOthers) {
  const Footage footage;
  TemporalBlender shared, alone;
  for (int frame = 0; frame < 6; ++frame) {
    blend(shared, frame, footage.restored(frame + 50), footage.input(frame), 2);
    const cv::Mat with_other = blend(shared, frame, footage.input(frame), footage.restored(frame), 1);
    ASSERT_TRUE(equal_bits(with_other, blend(alone, frame, footage.input(frame), footage.restored(frame), 7)));
  }
}

TEST(TemporalBlender, NothingCrossesACutOrALongPause) {
  const Footage footage;
  TemporalBlender cut, paused, fresh;
  for (int frame = 0; frame < 6; ++frame) {
    blend(cut, frame, footage.input(frame), footage.restored(frame));
    blend(paused, frame, footage.input(frame), footage.restored(frame));
  }
  cut.reset();
  for (int frame = 30; frame < 36; ++frame) {
    const cv::Mat expected = blend(fresh, frame, footage.input(frame), footage.restored(frame));
    ASSERT_TRUE(equal_bits(blend(cut, frame, footage.input(frame), footage.restored(frame)), expected));
    ASSERT_TRUE(equal_bits(blend(paused, frame, footage.input(frame), footage.restored(frame)), expected));
  }
}

TEST(TemporalBlender, PartsOfAFilmEqualTheWhole) {
  const Footage footage;
  TemporalBlender whole, part;
  constexpr int kBorder = 30, kWarmUp = 14;
  for (int frame = 0; frame < 36; ++frame) {
    const cv::Mat input = footage.input(frame), restored = footage.restored(frame);
    const cv::Mat all = blend(whole, frame, input, restored);
    if (frame < kBorder - kWarmUp) continue;
    const cv::Mat some = blend(part, frame, input, restored);
    if (frame < kBorder) continue;
    ASSERT_TRUE(equal_bits(all, some)) << frame;
  }
}

TEST(TemporalBlender, FramesMayBeSteadiedInAnyOrderAndSideBySide) {
  constexpr int kFrames = 12;
  const Footage footage;
  TemporalBlender in_turn, at_once;
  std::vector<RgbImageF> restored;
  std::vector<SharedBlendedFrame> frames;
  std::vector<cv::Mat> expected;
  for (int frame = 0; frame < kFrames; ++frame) {
    const auto crop = std::make_shared<const RgbImageF>(image_of(footage.input(frame)));
    restored.push_back(image_of(footage.restored(frame)));
    expected.push_back(blend(in_turn, frame, footage.input(frame), footage.restored(frame)));
    frames.push_back(TemporalBlender::look(frame * kStep, crop, restored.back()));
  }
  for (const SharedBlendedFrame& frame : frames) at_once.remember(1, frame, nullptr);
  at_once.reset();  // what frames have to know, they know
  constexpr int kThreads = 3;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int frame = kFrames - 1 - thread; frame >= 0; frame -= kThreads)
        TemporalBlender::steady(*frames[static_cast<std::size_t>(frame)], restored[static_cast<std::size_t>(frame)],
                                nullptr);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t frame = 0; frame < frames.size(); ++frame)
    EXPECT_TRUE(equal_bits(matrix_of(restored[frame]), expected[frame])) << frame;
}

TEST(TemporalBlender, TheNumberOfThreadsDoesNotMatter) {
  const Footage footage;
  const int threads = cv::getNumThreads();
  TemporalBlender one, several;
  for (int frame = 0; frame < 5; ++frame) {
    cv::setNumThreads(1);
    const cv::Mat with_one = blend(one, frame, footage.input(frame), footage.restored(frame));
    cv::setNumThreads(5);
    ASSERT_TRUE(equal_bits(with_one, blend(several, frame, footage.input(frame), footage.restored(frame))));
  }
  cv::setNumThreads(threads);
}

TEST(TemporalBlender, OddCropsAreHarmlessOrRefused) {
  TemporalBlender blender;
  for (int side : {1, 2, 15, 31, 64, 100}) {
    for (int frame = 0; frame < 3; ++frame) {
      const cv::Mat input = noise(side, 0.2, frame + 1), restored = noise(side, 0.2, frame + 9);
      EXPECT_TRUE(cv::checkRange(blend(blender, frame, input, restored)));
    }
  }
  const cv::Mat square = soft_texture(1, 64, 3), wide = square(cv::Rect(0, 0, 64, 32)).clone();
  EXPECT_THROW(blend(blender, 9, wide, wide), Error);
  EXPECT_THROW(blend(blender, 9, square, wide), Error);
  EXPECT_THROW(blender.blend(1, 0, {}, {}), Error);
  cv::Mat bad = square.clone();
  bad.at<cv::Vec3f>(5, 5)[1] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(blend(blender, 10, square, bad), Error);
  EXPECT_TRUE(cv::checkRange(blend(blender, 11, square, square)));
}

}  // namespace
}  // namespace reelface
