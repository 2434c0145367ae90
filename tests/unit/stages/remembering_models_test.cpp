// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/remembering_models.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

RgbImage8 picture(int value) {
  RgbImage8 made(8, 6);
  made.samples.assign(made.samples.size(), static_cast<std::uint8_t>(value));
  return made;
}

RgbImageF crop(float value, int side = 16) {
  RgbImageF made(side, side);
  made.samples.assign(made.samples.size(), value);
  return made;
}

/// Finds one face, whose score is the picture's first sample.
class CountingDetector : public FaceDetector {
 public:
  std::vector<std::vector<Face>> detect(const std::vector<RgbView8>& pictures) const override {
    asked += pictures.size();
    std::vector<std::vector<Face>> faces;
    faces.reserve(pictures.size());
    for (const RgbView8& one : pictures) faces.push_back({Face{{}, {}, static_cast<float>(one.samples[0])}});
    return faces;
  }
  mutable std::size_t asked = 0;
};

class CountingDescriptor : public FaceDescriptor {
 public:
  int crop_size() const override { return 16; }
  std::vector<FaceDescription> describe(const std::vector<RgbViewF>& crops) const override {
    asked += crops.size();
    std::vector<FaceDescription> descriptions(crops.size());
    for (std::size_t i = 0; i < crops.size(); ++i) descriptions[i][0] = crops[i].samples[0];
    return descriptions;
  }
  mutable std::size_t asked = 0;
};

std::shared_ptr<ModelMemory> memory(std::size_t bytes = std::size_t{1} << 20) {
  return std::make_shared<ModelMemory>(bytes);
}

TEST(RememberingModels, AskForWhatIsNewAlone) {
  auto detector = std::make_shared<CountingDetector>();
  const auto remembered = remembering(std::shared_ptr<const FaceDetector>(detector), memory());
  const RgbImage8 one = picture(1), two = picture(2), three = picture(3);
  const auto scores = [&](const std::vector<RgbView8>& pictures) {
    std::vector<float> found;
    for (const auto& faces : remembered->detect(pictures)) found.push_back(faces.at(0).score);
    return found;
  };
  EXPECT_EQ(scores({one.view(), two.view()}), (std::vector<float>{1, 2}));
  EXPECT_EQ(detector->asked, 2U);
  EXPECT_EQ(scores({three.view(), two.view(), one.view()}), (std::vector<float>{3, 2, 1}));
  EXPECT_EQ(detector->asked, 3U);
  EXPECT_EQ(scores({}), std::vector<float>{});
}

TEST(RememberingModels, TellPicturesApartByEverySampleAndTheirShape) {
  auto detector = std::make_shared<CountingDetector>();
  const auto remembered = remembering(std::shared_ptr<const FaceDetector>(detector), memory());
  const RgbImage8 first = picture(1);
  remembered->detect({first.view()});
  RgbImage8 other = picture(1);
  other.samples.back() = 2;
  remembered->detect({other.view()});
  RgbImage8 turned(6, 8);
  turned.samples = first.samples;
  remembered->detect({turned.view()});
  EXPECT_EQ(detector->asked, 3U);
  // The same samples in a larger picture are the same picture.
  RgbImage8 large(20, 6);
  for (int y = 0; y < 6; ++y) std::fill_n(large.samples.begin() + std::ptrdiff_t{60} * y, 24, std::uint8_t{1});
  remembered->detect({RgbView8{large.samples.data(), 8, 6, 60}});
  EXPECT_EQ(detector->asked, 3U);
}

TEST(RememberingModels, KnowAWindowByAllItsCrops) {
  const auto kept = memory();
  std::vector<std::size_t> asked;
  const auto ask = [&](const std::vector<CropWindow>& windows, int role) {
    return remembered_crops(*kept, windows, role, [&](const std::vector<std::size_t>& places) {
      asked = places;
      std::vector<RgbImageF> restored;
      for (const std::size_t place : places) restored.push_back(crop(windows[place][1].samples[0] + 1));
      return restored;
    });
  };
  const RgbImageF a = crop(1), b = crop(2), c = crop(3);
  const CropWindow window{a.view(), b.view(), c.view()}, backwards{c.view(), b.view(), a.view()};
  constexpr int kRestores = 0, kCleans = 1;
  EXPECT_EQ(ask({window}, kRestores).at(0).samples.at(0), 3);
  EXPECT_EQ(asked, std::vector<std::size_t>{0});
  EXPECT_EQ(ask({window, backwards}, kRestores).at(1).samples.at(0), 3);
  EXPECT_EQ(asked, std::vector<std::size_t>{1}) << "the first is known";
  asked.clear();
  ask({backwards, window}, kRestores);
  EXPECT_TRUE(asked.empty());
  ask({window}, kCleans);
  EXPECT_EQ(asked, std::vector<std::size_t>{0});
}

TEST(RememberingModels, ForgetTheOldestWhenThereIsNoRoom) {
  const auto kept = memory(12000);  // room for three crops of 3 KiB
  std::size_t asked = 0;
  constexpr int kCrops = 10;
  std::vector<RgbImageF> crops;
  crops.reserve(kCrops);
  for (int i = 0; i < kCrops; ++i) crops.push_back(crop(static_cast<float>(i)));
  const auto ask = [&](std::size_t i) {
    remembered_crops(*kept, {{crops[i].view()}}, 0, [&](const std::vector<std::size_t>& places) {
      asked += places.size();
      return std::vector<RgbImageF>{crops[i]};
    });
  };
  for (std::size_t i = 0; i < crops.size(); ++i) ask(i);
  EXPECT_EQ(asked, 10U);
  ask(9);
  EXPECT_EQ(asked, 10U);
  ask(0);
  EXPECT_EQ(asked, 11U);
}

TEST(RememberingModels, DescribeACropOnce) {
  auto descriptor = std::make_shared<CountingDescriptor>();
  const auto remembered = remembering(std::shared_ptr<const FaceDescriptor>(descriptor), memory());
  const RgbImageF a = crop(1), b = crop(2);
  EXPECT_EQ(remembered->describe({a.view(), b.view()}).at(1)[0], 2);
  EXPECT_EQ(remembered->describe({b.view()}).at(0)[0], 2);
  EXPECT_EQ(descriptor->asked, 2U);
}

}  // namespace
}  // namespace reelface
