// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <vector>

#include "support/identity_check.h"
#include "support/shared_folder.h"

namespace reelface {
namespace {

using namespace testing;  // NOLINT: helpers of this test

constexpr std::array<double, 4> kSizes = {32, 48, 64, 96};

std::vector<Portrait> portraits_in(const std::string& folder) {
  const auto detector = load_face_detector(ModelStore::from_environment().path_of("spotter"), DetectorOptions{});
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  std::vector<Portrait> portraits;
  for (const std::string& path : paths) {
    if (std::optional<Portrait> portrait = read_portrait(path, *detector)) portraits.push_back(std::move(*portrait));
  }
  return portraits;
}

TEST(PortraitsStayThemselves, WithTheEmbeddedModelAtEverySize) {
  REELFACE_NEED_SHARED(folder, "portraits");
  const std::vector<Portrait> portraits = portraits_in(folder);
  ASSERT_GE(portraits.size(), 45u);
  for (const double size : kSizes) {
    IdentityCheck check;
    double before = 0, after = 0;
    for (const Portrait& portrait : portraits) {
      const FaceDescription clean = check.describe(portrait);
      const SmallPortrait small = shrunk(portrait, size);
      const RgbImageF crop = aligned_crop(small.picture, small.points, check.crop_size());
      const float was = distance_between(clean, check.describe(crop));
      const float is = distance_between(clean, check.describe(check.restored(crop, size)));
      before += was;
      after += is;
      EXPECT_FALSE(was <= kStranger && is > kStranger) << size << " px: " << was << " became " << is;
    }
    const auto count = static_cast<double>(portraits.size());
    std::printf(
        "%3.0f px: distance to the clean portrait %.4f before, %.4f after restoring; the guard held back %d of %zu\n",
        size, before / count, after / count, check.held_back(), portraits.size());
    EXPECT_LE(after, before) << size << " px";
  }
}

/// Another person's crop in place of the restoration: nothing of it may be used.
TEST(PortraitsStayThemselves, AModelThatSwapsPeopleIsFoundOut) {
  REELFACE_NEED_SHARED(folder, "portraits");
  const std::vector<Portrait> portraits = portraits_in(folder);
  const IdentityCheck check;
  for (const double size : kSizes) {
    int found_out = 0, count = 0;
    for (std::size_t index = 0; index < portraits.size(); ++index) {
      const SmallPortrait small = shrunk(portraits[index], size);
      const Portrait& other = portraits[(index + 7) % portraits.size()];
      const RgbImageF crop = aligned_crop(small.picture, small.points, check.crop_size());
      const RgbImageF swapped = aligned_crop(matrix_of(other.picture), other.face.points, check.crop_size());
      found_out += check.strength_left(crop, swapped, size) == 0 ? 1 : 0;
      ++count;
    }
    std::printf("%3.0f px: %d of %d swaps found out\n", size, found_out, count);
    EXPECT_GE(found_out, size >= 48 ? count : count * 24 / 25) << size << " px";
  }
}

}  // namespace
}  // namespace reelface
