// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/box_overlap.h"
#include "inference/detector/yunet_decode.h"
#include "inference/load_models.h"
#include "support/png_reader.h"
#include "support/shared_folder.h"

namespace reelface {
namespace {

constexpr float kPixels = 0.5F;
constexpr float kScore = 0.005F;

Box box_of(const nlohmann::json& value) {
  return {value.at(0), value.at(1), value.at(2), value.at(3)};
}

void expect_same_face(const nlohmann::json& expected, const Face& face) {
  const Box box = box_of(expected.at("box"));
  EXPECT_NEAR(face.score, expected.at("score").get<float>(), kScore);
  EXPECT_NEAR(face.box.x, box.x, kPixels);
  EXPECT_NEAR(face.box.y, box.y, kPixels);
  EXPECT_NEAR(face.box.width, box.width, kPixels);
  EXPECT_NEAR(face.box.height, box.height, kPixels);
  for (std::size_t i = 0; i < face.points.size(); ++i) {
    EXPECT_NEAR(face.points[i].x, expected.at("points").at(i).at(0).get<float>(), kPixels);
    EXPECT_NEAR(face.points[i].y, expected.at("points").at(i).at(1).get<float>(), kPixels);
  }
}

class YunetGolden : public ::testing::TestWithParam<std::string> {};

TEST_P(YunetGolden, FindsWhatThePublishedNetworkFinds) {
  REELFACE_NEED_SHARED(folder, "golden/yunet");
  REELFACE_NEED_SHARED(model, "models/yunet_n.pth");
  std::ifstream file(folder + "/expected.json");
  const nlohmann::json expected = nlohmann::json::parse(file).at("images").at(GetParam());
  DetectorOptions options;
  options.long_sides = {640};
  options.enlarge = true;
  options.score_threshold = 0.6F;
  options.overlap_threshold = 0.3F;
  const RgbImage8 picture = testing::read_png(folder + "/" + GetParam());
  const std::vector<Face> faces = load_face_detector(model, options)->detect({picture.view()}).at(0);
  ASSERT_EQ(faces.size(), expected.size());
  for (std::size_t i = 0; i < faces.size(); ++i) {
    SCOPED_TRACE(i);
    expect_same_face(expected.at(i), faces[i]);
  }
}

INSTANTIATE_TEST_SUITE_P(Pictures, YunetGolden, ::testing::Values("astronaut.png", "group.png"),
                         [](const auto& name) { return name.param.substr(0, name.param.find('.')); });

TEST(EmbeddedDetector, FindsTheFacesOfTheGroupAtTwoSizes) {
  REELFACE_NEED_SHARED(folder, "golden/yunet");
  REELFACE_NEED_SHARED(model, "models/spotter.safetensors");
  std::ifstream file(folder + "/expected.json");
  const nlohmann::json expected = nlohmann::json::parse(file).at("images").at("group.png");
  const RgbImage8 picture = testing::read_png(folder + "/group.png");
  const std::vector<Face> faces = load_face_detector(model, {})->detect({picture.view()}).at(0);
  int found = 0;
  for (const auto& wanted : expected) {
    const Box box = box_of(wanted.at("box"));
    found += std::any_of(faces.begin(), faces.end(),
                         [&](const Face& face) { return box_overlap<float>(face.box, box) > 0.5F; });
  }
  EXPECT_GE(found, 7) << "of the 8 that the published network sees";
  EXPECT_LE(faces.size(), 10U);
}

}  // namespace
}  // namespace reelface
