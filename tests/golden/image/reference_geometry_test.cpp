// SPDX-License-Identifier: Apache-2.0
// Our crop and paste against what the Python reference helper made of the same pictures.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>
#include <string>

#include "image/crop.h"
#include "image/resized_frame.h"
#include "reelface/image/paste.h"
#include "support/frames.h"
#include "support/reference_paste.h"
#include "support/shared_folder.h"

namespace reelface {
namespace {

struct Case {
  cv::Mat input;
  cv::Mat crop;
  cv::Mat restored;
  cv::Mat pasted;
  cv::Mat affine;
  int upscale = 1;

  Affine frame_to_crop() const {
    Affine map;
    for (int i = 0; i < 6; ++i) map.rows[i] = affine.at<double>(i / 3, i % 3);
    return map;
  }
};

Case load_case(const std::string& list_path, const std::string& name) {
  std::ifstream file(list_path);
  const nlohmann::json entry = nlohmann::json::parse(file).at(name);
  const std::string folder = list_path.substr(0, list_path.find_last_of('/') + 1);
  const auto picture = [&](const char* kind) {
    return cv::imread(folder + name + "." + kind + ".png", cv::IMREAD_COLOR);
  };
  Case result{picture("input"),  picture("crop"),       picture("restored"),
              picture("pasted"), cv::Mat(2, 3, CV_64F), entry.at("upscale").get<int>()};
  for (int i = 0; i < 6; ++i)
    result.affine.at<double>(i / 3, i % 3) = entry.at("affine").at(i / 3).at(i % 3).get<double>();
  return result;
}

Frame frame_of(const cv::Mat& bgr) {
  return testing::frame_of_codes(testing::frame_facts("rgb24", bgr.cols, bgr.rows), [&](int component, int x, int y) {
    return static_cast<int>(bgr.at<cv::Vec3b>(y, x)[2 - component]);
  });
}

cv::Mat picture_of(const Frame& frame) {
  cv::Mat bgr(frame.facts().height, frame.facts().width, CV_8UC3);
  for (int y = 0; y < bgr.rows; ++y) {
    for (int x = 0; x < bgr.cols; ++x) {
      for (int c = 0; c < 3; ++c)
        bgr.at<cv::Vec3b>(y, x)[2 - c] = static_cast<unsigned char>(testing::code_at(frame, c, x, y));
    }
  }
  return bgr;
}

cv::Mat picture_of(const RgbImageF& crop) {
  cv::Mat bgr(crop.height, crop.width, CV_8UC3);
  for (int i = 0; i < crop.width * crop.height; ++i) {
    for (int c = 0; c < 3; ++c)
      bgr.data[3 * i + 2 - c] = cv::saturate_cast<unsigned char>(255 * crop.samples[3 * i + c]);
  }
  return bgr;
}

RgbImageF image_of(const cv::Mat& bgr) {
  RgbImageF image(bgr.cols, bgr.rows);
  for (int i = 0; i < bgr.cols * bgr.rows; ++i) {
    for (int c = 0; c < 3; ++c) image.samples[3 * i + c] = static_cast<float>(bgr.data[3 * i + 2 - c]) / 255.0F;
  }
  return image;
}

struct Difference {
  double mean = 0;
  double largest = 0;
};

Difference difference(const cv::Mat& a, const cv::Mat& b, const cv::Rect& part) {
  cv::Mat both;
  cv::absdiff(a(part), b(part), both);
  double largest = 0;
  cv::minMaxLoc(both.reshape(1), nullptr, &largest);
  const cv::Scalar mean = cv::mean(both);
  return {(mean[0] + mean[1] + mean[2]) / 3, largest};
}

Difference difference(const cv::Mat& a, const cv::Mat& b) {
  return difference(a, b, {0, 0, a.cols, a.rows});
}

class ReferenceGeometry : public ::testing::TestWithParam<const char*> {};

TEST_P(ReferenceGeometry, OurStandInForTheHelperIsTheHelper) {
  REELFACE_NEED_SHARED(list, "golden/geometry/cases.json");
  const Case golden = load_case(list, GetParam());
  const Difference crop = difference(testing::reference_crop(golden.input, golden.affine), golden.crop);
  EXPECT_LE(crop.largest, 1);
  EXPECT_LT(crop.mean, 0.01);
  const Difference pasted =
      difference(testing::reference_paste(golden.input, golden.restored, golden.affine, golden.upscale), golden.pasted);
  EXPECT_LE(pasted.largest, 2);
  EXPECT_LT(pasted.mean, 0.02);
}

TEST_P(ReferenceGeometry, OurCropShowsTheSameAsTheHelpers) {
  REELFACE_NEED_SHARED(list, "golden/geometry/cases.json");
  const Case golden = load_case(list, GetParam());
  const cv::Mat crop = picture_of(extract_crop(frame_of(golden.input), golden.frame_to_crop(), 512));
  // Cubic against linear: small everywhere but at edges, and a shift of a tenth of a sample would double it.
  EXPECT_LT(difference(crop, golden.crop).mean, 1.2);
  const double here = difference(crop, golden.crop).mean;
  for (const double shift : {-0.5, 0.5}) {
    const Affine moved = chain(golden.frame_to_crop(), Affine::scale_and_move(1, 1, shift, 0));
    EXPECT_GT(difference(picture_of(extract_crop(frame_of(golden.input), moved, 512)), golden.crop).mean, here)
        << shift;
  }
}

TEST_P(ReferenceGeometry, OurPasteLandsWhereTheHelpersDoes) {
  REELFACE_NEED_SHARED(list, "golden/geometry/cases.json");
  const Case golden = load_case(list, GetParam());
  const Frame given = frame_of(golden.input);
  const FrameSize from = size_of(given.facts()), to = {golden.upscale * from.width, golden.upscale * from.height};
  Frame frame = resized_frame(given, to);
  const Affine map = chain(resizing_map(from, to).inverse(), golden.frame_to_crop());
  const RgbImageF crop = extract_crop(frame, map, 512);
  const RgbImageF restored = image_of(golden.restored);
  paste(frame, map, {crop.view(), restored.view(), MaskImage(512, 512, 1)}, {});
  // The middle of the face, where both masks are 1. The helper cuts fractions off: half a code darker.
  const Affine back = map.inverse();
  const Point middle = back.apply(Point{256, 300});
  const int side = static_cast<int>(160 * back.length_of_x_step());
  const cv::Rect part(static_cast<int>(middle.x) - side / 2, static_cast<int>(middle.y) - side / 2, side, side);
  const cv::Mat pasted = picture_of(frame);
  const Difference ours = difference(pasted, golden.pasted, part);
  RecordProperty("mean", std::to_string(ours.mean));
  if (golden.upscale == 1) {
    EXPECT_LT(ours.mean, 2.0);
  } else {
    // The helper's half-pixel quirk: it fits better after a move by half a sample to the left and up.
    cv::Mat moved;
    const cv::Matx23d half_back(1, 0, -0.5, 0, 1, -0.5);
    cv::warpAffine(golden.pasted, moved, half_back, golden.pasted.size(), cv::INTER_CUBIC);
    EXPECT_LT(difference(pasted, moved, part).mean, ours.mean);
    EXPECT_LT(difference(pasted, moved, part).mean, 2.0);
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, ReferenceGeometry, ::testing::Values("astronaut_1x", "astronaut_2x", "edge_1x"));

}  // namespace
}  // namespace reelface
