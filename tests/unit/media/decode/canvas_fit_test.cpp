// SPDX-License-Identifier: Apache-2.0
#include "media/decode/canvas_fit.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

PictureStretch stretch(int width, int height, double seconds, Rational aspect = {1, 1}) {
  PictureStretch made;
  made.width = width;
  made.height = height;
  made.seconds = seconds;
  made.sample_aspect_ratio = aspect;
  return made;
}

void expect_canvas(const Canvas& canvas, int width, int height) {
  EXPECT_EQ(canvas.width, width);
  EXPECT_EQ(canvas.height, height);
}

TEST(CanvasFit, ACallThatGetsBetterIsAsLargeAsItsBest) {
  const std::vector<PictureStretch> call = {stretch(640, 360, 60), stretch(1280, 720, 20), stretch(960, 540, 9)};
  expect_canvas(canvas_for(CanvasRule::kAuto, call), 1280, 720);
  expect_canvas(canvas_for(CanvasRule::kFirst, call), 640, 360);
}

TEST(CanvasFit, TheShapeOfMostOfTheFilmCounts) {
  const std::vector<PictureStretch> call = {stretch(360, 640, 5), stretch(640, 360, 3), stretch(1080, 1920, 2),
                                            stretch(640, 360, 3), stretch(320, 180, 2)};
  expect_canvas(canvas_for(CanvasRule::kAuto, call), 640, 360);
  expect_canvas(canvas_for(CanvasRule::kLargest, call), 1080, 1920);
}

TEST(CanvasFit, OfTwoShapesThatAreAboutAsLongTheFirstCounts) {
  expect_canvas(canvas_for(CanvasRule::kAuto, {stretch(360, 640, 5), stretch(640, 360, 5.04)}), 360, 640);
  expect_canvas(canvas_for(CanvasRule::kAuto, {stretch(360, 640, 5), stretch(640, 360, 5.4)}), 640, 360);
}

TEST(CanvasFit, ShapesAreThoseThatAreSeen) {
  // Television: the same samples, once 4:3 and for longer 16:9.
  const Canvas canvas =
      canvas_for(CanvasRule::kAuto, {stretch(720, 576, 10, {16, 15}), stretch(720, 576, 20, {64, 45})});
  EXPECT_EQ(canvas.sample_aspect_ratio, (Rational{64, 45}));
  // 1.7778 and 1.7791 are meant to be one shape.
  expect_canvas(canvas_for(CanvasRule::kAuto, {stretch(640, 360, 4), stretch(360, 640, 6), stretch(854, 480, 4)}), 854,
                480);
}

TEST(CanvasFit, NothingIsKnownOfPixelsWithoutAspect) {
  const Canvas canvas = canvas_for(CanvasRule::kAuto, {stretch(640, 360, 1, {0, 1}), stretch(1280, 720, 1, {0, 1})});
  expect_canvas(canvas, 1280, 720);
  EXPECT_FALSE(canvas.sample_aspect_ratio.is_known());
}

TEST(CanvasFit, BarsStandWhereTheyMust) {
  const Canvas wide{1280, 720, {1, 1}, {}};
  EXPECT_EQ(area_on(wide, 16.0 / 9, {2, 2}), (PictureArea{0, 0, 1280, 720}));
  EXPECT_EQ(area_on(wide, 9.0 / 16, {2, 2}), (PictureArea{436, 0, 406, 720}));
  EXPECT_EQ(area_on(wide, 4.0 / 3, {2, 2}), (PictureArea{160, 0, 960, 720}));
  EXPECT_EQ(area_on(wide, 2.4, {2, 2}), (PictureArea{0, 92, 1280, 534}));
  const Canvas anamorphic{720, 576, {64, 45}, {}};
  EXPECT_EQ(area_on(anamorphic, 4.0 / 3, {2, 2}), (PictureArea{90, 0, 540, 576}));
}

TEST(CanvasFit, ExtremeShapesKeepAPixel) {
  const Canvas canvas{64, 48, {1, 1}, {}};
  for (const double aspect : {1e-6, 1e6}) {
    const PictureArea area = area_on(canvas, aspect, {2, 2});
    EXPECT_GE(area.width, 2);
    EXPECT_GE(area.height, 2);
    EXPECT_LE(area.x + area.width, 64);
    EXPECT_LE(area.y + area.height, 48);
  }
  EXPECT_EQ(area_on({1, 1, {1, 1}, {}}, 5, {2, 2}), (PictureArea{0, 0, 1, 1}));
}

TEST(CanvasFit, ASizeIsMeantAsItIsSeen) {
  const CanvasChoice asked{CanvasRule::kSize, 1280, 720};
  expect_canvas(canvas_of_size(asked, {}), 1280, 720);
  expect_canvas(canvas_of_size(asked, {1, false}), 720, 1280);
  expect_canvas(canvas_of_size(asked, {2, true}), 1280, 720);
}

}  // namespace
}  // namespace reelface
