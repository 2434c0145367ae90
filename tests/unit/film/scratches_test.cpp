// SPDX-License-Identifier: Apache-2.0
#include "film/scratches.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "film/scratch_repair.h"
#include "made_scene.h"

namespace reelface {
namespace {

using testing::Scenery;

const cv::Size kSize(320, 240);

/// A light, translucent line that bends a little.
void add_line(cv::Mat& picture, double x, double tone = 235, double cover = 0.6) {
  for (int y = 0; y < picture.rows; ++y) {
    const double middle = x + 0.6 * std::sin(y / 37.0);
    for (int column = static_cast<int>(middle) - 2; column <= static_cast<int>(middle) + 3; ++column) {
      if (column < 0 || column >= picture.cols) continue;
      const double share = cover * std::clamp(1.2 - std::abs(column - middle), 0.0, 1.0);
      auto& sample = picture.at<float>(y, column);
      sample = static_cast<float>(sample + share * (tone - sample));
    }
  }
}

/// Frames of a film, with a line where it is told for each.
struct Film {
  std::vector<cv::Mat> frames;
  std::vector<LineView> views;

  void append(const cv::Mat& picture) {
    const FilmMotion* since = nullptr;
    FilmMotion motion;
    if (!frames.empty()) {
      motion = find_film_motion(film_motion_picture(frames.back()), film_motion_picture(picture));
      since = &motion;
    }
    frames.push_back(picture);
    views.push_back(find_vertical_lines(picture, since));
  }

  bool judged(std::size_t now) const {
    std::vector<const LineView*> around;
    for (const LineView& view : views) around.push_back(&view);
    return !views[now].lines.empty() && is_scratch(views[now].lines.front(), around, now);
  }
};

TEST(VerticalLines, AreFoundWhereTheyAreAndNowhereElse) {
  cv::Mat picture = Scenery(7).seen_from({}, kSize);
  EXPECT_TRUE(find_vertical_lines(picture, nullptr).lines.empty());
  add_line(picture, 100);
  add_line(picture, 210, 15);
  const LineView view = find_vertical_lines(picture, nullptr);
  ASSERT_EQ(view.lines.size(), 2U);
  EXPECT_EQ(view.lines[0].sign, DefectSign::kLight);
  EXPECT_EQ(view.lines[1].sign, DefectSign::kDark);
  for (const int row : {5, 120, 235}) {
    EXPECT_NEAR(view.lines[0].place_at(row, kSize.height), 100 + 0.6 * std::sin(row / 37.0), 0.8);
    EXPECT_NEAR(view.lines[1].place_at(row, kSize.height), 210 + 0.6 * std::sin(row / 37.0), 0.8);
  }
}

TEST(VerticalLines, AnEdgeIsNone) {
  cv::Mat picture = Scenery(5).seen_from({}, kSize);
  picture.colRange(0, 150) += 70;
  EXPECT_TRUE(find_vertical_lines(picture, nullptr).lines.empty());
}

TEST(Scratches, ALineThatStaysWhileThePictureMovesIsOne) {
  Film film;
  const Scenery scenery(3);
  for (int i = 0; i < 9; ++i) {
    cv::Mat picture = scenery.seen_from({2.5 * i, 0}, kSize);
    add_line(picture, 160);
    film.append(picture);
  }
  for (const std::size_t now : {0U, 4U, 8U}) EXPECT_TRUE(film.judged(now)) << now;
}

TEST(Scratches, ALineThatMovesWithThePictureIsNone) {
  Film film;
  const Scenery scenery(3);
  for (int i = 0; i < 9; ++i) {
    cv::Mat picture = scenery.seen_from({2.5 * i, 0}, kSize);
    add_line(picture, 160 - 2.5 * i);  // a pole
    film.append(picture);
  }
  for (const std::size_t now : {0U, 4U, 8U}) {
    ASSERT_FALSE(film.views[now].lines.empty());
    EXPECT_FALSE(film.judged(now)) << now;
  }
}

TEST(Scratches, ALineThatComesAndGoesIsOneInAStill) {
  Film film;
  for (int i = 0; i < 9; ++i) {
    cv::Mat picture = Scenery(4).seen_from({}, kSize);
    if (i < 6) add_line(picture, 160 + 0.1 * i);
    film.append(picture);
  }
  EXPECT_TRUE(film.judged(0));
  EXPECT_TRUE(film.judged(5));
}

TEST(Scratches, ALineThatAlwaysWasInAStillIsLeftAlone) {
  Film film;
  for (int i = 0; i < 9; ++i) {
    cv::Mat picture = Scenery(4).seen_from({}, kSize);
    add_line(picture, 160);
    film.append(picture);
  }
  EXPECT_FALSE(film.judged(4));
}

Frame frame_of(const cv::Mat& grey, const std::string& layout) {
  FrameFacts facts;
  facts.width = grey.cols;
  facts.height = grey.rows;
  facts.layout = pixel_layout(layout);
  facts.colour.range = ColourRange::kFull;
  Frame frame = allocate_frame(facts);
  const int levels = 1 << (facts.layout.bit_depth() - 8);
  for (int component = 0; component < facts.layout.component_count; ++component) {
    const Plane plane = frame.plane(component);
    for (int y = 0; y < plane.height; ++y) {
      for (int x = 0; x < plane.width; ++x) {
        const int code =
            component == 0 ? static_cast<int>(grey.at<float>(y, x) * static_cast<float>(levels)) : 128 * levels;
        if (levels > 1) {
          reinterpret_cast<std::uint16_t*>(plane.data + y * plane.stride)[x] = static_cast<std::uint16_t>(code);
        } else {
          (plane.data + y * plane.stride)[x] = static_cast<std::uint8_t>(code);
        }
      }
    }
  }
  return frame;
}

class ScratchRepair : public ::testing::TestWithParam<const char*> {};

TEST_P(ScratchRepair, MendsAcrossAndChangesNothingElse) {
  cv::Mat clean;
  cv::GaussianBlur(Scenery(5).seen_from({}, kSize), clean, {}, 2);
  cv::Mat scratched = clean.clone();
  add_line(scratched, 120);
  const LineView view = find_vertical_lines(scratched, nullptr);
  ASSERT_EQ(view.lines.size(), 1U);
  const Scratch scratch = measured_scratch(view.lines[0], scratched);
  const Frame before = frame_of(scratched, GetParam());
  Frame after = before.share();
  after.make_writable();
  mend_scratch(after, scratch);
  const cv::Mat now = grey_picture(after), was = grey_picture(before);
  cv::Mat mask = cv::Mat::zeros(kSize, CV_8U);
  mask_of(scratch, kSize).copyTo(mask(scratch.box));
  EXPECT_EQ(cv::norm(now, was, cv::NORM_INF, ~mask), 0);
  EXPECT_LE(scratch.area, 8 * kSize.height);
  const cv::Mat damaged = cv::abs(scratched - clean) >= 20;
  const int wrong = cv::countNonZero(damaged & (cv::abs(now - clean) > 8));
  EXPECT_GT(cv::countNonZero(damaged), kSize.height);
  EXPECT_LE(wrong, 0.1 * cv::countNonZero(damaged));
}

INSTANTIATE_TEST_SUITE_P(Layouts, ScratchRepair, ::testing::Values("gray", "yuv420p", "yuv422p10le", "yuv444p12le"),
                         [](const auto& layout) { return std::string(layout.param); });

}  // namespace
}  // namespace reelface
