// SPDX-License-Identifier: Apache-2.0
#include "motion/shot_cut_detector.h"

#include <gtest/gtest.h>

#include <functional>
#include <opencv2/imgproc.hpp>

#include "reelface/core/error.h"

namespace reelface {
namespace {

using Picture = cv::Mat;  // CV_8UC3, RGB

// Drawn one by one: compilers differ in the order in which they work out the arguments of a call.
cv::Scalar drawn_colour(cv::RNG& random, int lowest, int highest) {
  const int blue = random.uniform(lowest, highest), green = random.uniform(lowest, highest);
  return {static_cast<double>(random.uniform(lowest, highest)), static_cast<double>(green), static_cast<double>(blue)};
}

cv::Point drawn_point(cv::RNG& random, cv::Point lowest, cv::Point highest) {
  const int y = random.uniform(lowest.y, highest.y);
  return {random.uniform(lowest.x, highest.x), y};
}

/// A scene: a textured background and a head-like blob, from a seed.
Picture scene(unsigned seed, int width = 160, int height = 90) {
  cv::RNG random(seed * 7919 + 13);
  Picture wide(height * 2, width * 4, CV_8UC3);
  wide.setTo(drawn_colour(random, 20, 220));
  for (int shape = 0; shape < 60; ++shape) {
    const cv::Point centre = drawn_point(random, {0, 0}, {wide.cols, wide.rows});
    const cv::Point axes = drawn_point(random, {8, 8}, {70, 70});
    const cv::Scalar colour = drawn_colour(random, 0, 255);
    cv::ellipse(wide, centre, axes, random.uniform(0, 180), 0, 360, colour, cv::FILLED);
  }
  cv::GaussianBlur(wide, wide, {}, 2);
  return wide;
}

/// What the camera sees of a scene that is larger than the picture.
Picture view(const Picture& wide, int x = 240, int y = 45, int width = 160, int height = 90) {
  return wide(cv::Rect(x, y, width, height)).clone();
}

Picture brightened(const Picture& picture, double gain, double offset = 0) {
  Picture result;
  picture.convertTo(result, -1, gain, offset);
  return result;
}

Picture noisy(const Picture& picture, double sigma, unsigned seed) {
  cv::RNG random(seed);
  cv::Mat noise(picture.size(), CV_16SC3), sum;
  random.fill(noise, cv::RNG::NORMAL, 0, sigma);
  cv::add(picture, noise, sum, cv::noArray(), CV_8U);
  return sum;
}

std::vector<std::int64_t> cuts_in(int frames, const std::function<Picture(int)>& picture_of) {
  ShotCutDetector detector;
  std::vector<ShotDecision> decisions;
  for (int frame = 0; frame < frames; ++frame) {
    const Picture picture = picture_of(frame);
    const auto now = detector.push(frame, {picture.data, picture.cols, picture.rows, std::ptrdiff_t{3} * picture.cols});
    EXPECT_LE(frame + 1 - static_cast<int>(decisions.size() + now.size()), ShotCutDetector::kLookAheadFrames);
    decisions.insert(decisions.end(), now.begin(), now.end());
  }
  for (const ShotDecision& decision : detector.flush()) decisions.push_back(decision);
  std::vector<std::int64_t> cuts;
  for (std::size_t index = 0; index < decisions.size(); ++index) {
    EXPECT_EQ(decisions[index].frame_index, static_cast<std::int64_t>(index));
    if (decisions[index].starts_shot) cuts.push_back(decisions[index].frame_index);
  }
  EXPECT_EQ(decisions.size(), static_cast<std::size_t>(frames));
  return cuts;
}

using Frames = std::vector<std::int64_t>;

TEST(ShotCutDetector, FindsCutsAtTheirFrames) {
  for (int cut = 1; cut <= 20; ++cut) {
    const Picture before = scene(cut), after = scene(100 + cut);
    const auto picture_of = [&](int frame) {
      return noisy(frame < cut ? view(before, 240 + frame) : view(after, 240 - frame, 45 + frame / 3), 4, frame);
    };
    EXPECT_EQ(cuts_in(26, picture_of), (Frames{0, cut})) << "cut at " << cut;
  }
}

TEST(ShotCutDetector, FindsShortShots) {
  const auto picture_of = [](int frame) { return view(scene(frame < 10 ? 1 : frame < 14 ? 2 : frame < 16 ? 3 : 4)); };
  EXPECT_EQ(cuts_in(30, picture_of), (Frames{0, 10, 14, 16}));
}

TEST(ShotCutDetector, AFlashIsNoCut) {
  for (int length = 1; length <= 3; ++length) {
    for (double gain : {1.6, 4.0}) {
      const auto picture_of = [&](int frame) {
        const Picture plain = view(scene(5), 200 + frame);
        return frame >= 10 && frame < 10 + length ? brightened(plain, gain, 60) : plain;
      };
      EXPECT_EQ(cuts_in(25, picture_of), (Frames{0})) << length << " frames, gain " << gain;
    }
  }
}

TEST(ShotCutDetector, AnInsertOfForeignFramesIsNoCut) {
  for (int length = 1; length <= 3; ++length) {
    const auto picture_of = [&](int frame) {
      return frame >= 10 && frame < 10 + length ? view(scene(9)) : view(scene(5), 200 + frame);
    };
    EXPECT_EQ(cuts_in(25, picture_of), (Frames{0})) << length;
  }
}

TEST(ShotCutDetector, FourForeignFramesAreAShot) {
  const auto picture_of = [&](int frame) {
    return frame >= 10 && frame < 14 ? view(scene(9)) : view(scene(5), 200 + frame);
  };
  EXPECT_EQ(cuts_in(25, picture_of), (Frames{0, 10, 14}));
}

TEST(ShotCutDetector, FastPansAreNoCuts) {
  for (int speed : {5, 15, 30, 45}) {  // of 160 px, per frame
    for (unsigned seed = 1; seed < 6; ++seed) {
      const int frames = std::min(20, 480 / speed);
      const Picture wide = scene(seed);
      const auto picture_of = [&](int frame) { return view(wide, frame * speed, 20 + frame); };
      EXPECT_EQ(cuts_in(frames, picture_of), (Frames{0})) << speed << " px per frame, scene " << seed;
    }
  }
}

TEST(ShotCutDetector, FadesAndDissolvesAreNoCuts) {
  const Picture first = view(scene(3)), second = view(scene(4));
  const auto fade = [&](int frame) { return brightened(frame < 20 ? first : second, std::abs(frame - 20) / 20.0); };
  EXPECT_EQ(cuts_in(40, fade), (Frames{0}));
  const auto dissolve = [&](int frame) {
    Picture mixed;
    const double share = std::clamp((frame - 5) / 25.0, 0.0, 1.0);
    cv::addWeighted(first, 1 - share, second, share, 0, mixed);
    return mixed;
  };
  EXPECT_EQ(cuts_in(40, dissolve), (Frames{0}));
}

TEST(ShotCutDetector, BrightnessStepsAreNoCuts) {
  const auto lamp = [](int frame) {
    return brightened(view(scene(6), 240 + frame / 2), frame < 12 ? 0.5 : 1.0, frame < 12 ? 0 : 5);
  };
  EXPECT_EQ(cuts_in(25, lamp), (Frames{0}));
}

TEST(ShotCutDetector, DarkAndEmptyPicturesMakeNoCuts) {
  const auto dark = [](int frame) { return noisy(Picture(90, 160, CV_8UC3, cv::Scalar::all(8)), 5, frame); };
  EXPECT_EQ(cuts_in(30, dark), (Frames{0}));
}

TEST(ShotCutDetector, FromBlackToAPictureIsACut) {
  const auto picture_of = [](int frame) {
    return frame < 8 ? Picture(90, 160, CV_8UC3, cv::Scalar::all(16)) : view(scene(8));
  };
  EXPECT_EQ(cuts_in(20, picture_of), (Frames{0, 8}));
}

TEST(ShotCutDetector, GreyFilmsAreCutToo) {
  for (unsigned seed = 0; seed < 10; ++seed) {
    const auto picture_of = [&](int frame) {
      Picture grey, picture;
      cv::cvtColor(view(scene(frame < 9 ? seed : 50 + seed), 240 + frame), grey, cv::COLOR_RGB2GRAY);
      cv::cvtColor(grey, picture, cv::COLOR_GRAY2RGB);
      return noisy(picture, 8, frame);
    };
    EXPECT_EQ(cuts_in(20, picture_of), (Frames{0, 9})) << seed;
  }
}

TEST(ShotCutDetector, AnotherPictureSizeIsAnotherShot) {
  const auto picture_of = [](int frame) { return frame < 6 ? view(scene(1)) : view(scene(1), 240, 45, 90, 90); };
  EXPECT_EQ(cuts_in(12, picture_of), (Frames{0, 6}));
}

TEST(ShotCutDetector, AnotherStoredSizeIsAnotherShotEvenOfTheSamePicture) {
  const Picture picture = view(scene(1));
  const RgbView8 pixels{picture.data, picture.cols, picture.rows, std::ptrdiff_t{3} * picture.cols};
  const PictureArea whole{0, 0, 1280, 720};
  ShotCutDetector detector;
  std::vector<ShotDecision> decisions;
  for (int frame = 0; frame < 12; ++frame) {
    const FittedPicture stored = frame < 5 ? FittedPicture{whole, 640, 360, 0} : FittedPicture{whole, 1280, 720, 0};
    for (const ShotDecision& decision : detector.push(frame, pixels, stored)) decisions.push_back(decision);
  }
  for (const ShotDecision& decision : detector.flush()) decisions.push_back(decision);
  for (const ShotDecision& decision : decisions)
    EXPECT_EQ(decision.starts_shot, decision.frame_index == 0 || decision.frame_index == 5) << decision.frame_index;
}

TEST(ShotCutDetector, AnyPictureSizeWorks) {
  for (const cv::Size size : {cv::Size(1, 1), cv::Size(3, 700), cv::Size(1999, 5), cv::Size(641, 359)}) {
    const auto picture_of = [&](int) { return Picture(size, CV_8UC3, cv::Scalar(10, 20, 30)); };
    EXPECT_EQ(cuts_in(6, picture_of), (Frames{0})) << size;
  }
  ShotCutDetector detector;
  EXPECT_THROW(detector.push(0, {}), Error);
}

TEST(ShotCutDetector, ForgetsAtFlush) {
  ShotCutDetector detector;
  const Picture picture = view(scene(1));
  const RgbView8 pixels{picture.data, picture.cols, picture.rows, std::ptrdiff_t{3} * picture.cols};
  EXPECT_TRUE(detector.push(0, pixels).empty());
  ASSERT_EQ(detector.flush().size(), 1U);
  EXPECT_TRUE(detector.flush().empty());
  EXPECT_TRUE(detector.push(1, pixels).empty());
  EXPECT_TRUE(detector.flush().at(0).starts_shot);
}

TEST(ShotCutDetector, PartsOfAFilmEqualTheWhole) {
  const auto picture_of = [](int frame) {
    const Picture plain = view(scene(frame / 23), 100 + frame % 23 * 9);
    return frame % 17 == 3 ? brightened(plain, 3) : plain;
  };
  const Frames whole = cuts_in(120, picture_of);
  const int start = 40, used_from = start + 5;
  Frames part;
  for (const std::int64_t cut : cuts_in(60, [&](int frame) { return picture_of(frame + start); }))
    part.push_back(cut + start);
  Frames expected, found;
  for (std::int64_t cut : whole)
    if (cut >= used_from && cut < 97) expected.push_back(cut);
  for (std::int64_t cut : part)
    if (cut >= used_from && cut < 97) found.push_back(cut);
  EXPECT_EQ(found, expected);
  EXPECT_FALSE(expected.empty());
}

}  // namespace
}  // namespace reelface
