// SPDX-License-Identifier: Apache-2.0
// Whether people stay themselves, on the pictures that come with the project, so that anybody can repeat it;
// tests/golden/people asks the same of fifty portraits.
#include <gtest/gtest.h>

#include "support/identity_check.h"
#include "support/source_folder.h"

namespace reelface {
namespace {

using namespace testing;  // NOLINT: helpers of this test

Portrait portrait_in(const std::string& name) {
  const auto detector = load_face_detector(ModelStore::from_environment().path_of("spotter"), DetectorOptions{});
  return read_portrait(source_file("examples/media/" + name), *detector).value();
}

TEST(IdentityOfPictures, ThePortraitStaysHerselfAtEverySize) {
  const Portrait portrait = portrait_in("eileen-collins.jpg");
  IdentityCheck check;
  const FaceDescription clean = check.describe(portrait);
  for (const double size : {32.0, 48.0, 64.0, 96.0}) {
    const SmallPortrait small = shrunk(portrait, size);
    const RgbImageF crop = aligned_crop(small.picture, small.points, check.crop_size());
    const float before = distance_between(clean, check.describe(crop));
    const float after = distance_between(clean, check.describe(check.restored(crop, size)));
    EXPECT_LE(after, before + 0.01F) << size << " px";
    EXPECT_LT(after, kStranger) << size << " px";
  }
}

TEST(IdentityOfPictures, SomebodyElseInPlaceOfTheRestorationIsFoundOut) {
  const Portrait portrait = portrait_in("eileen-collins.jpg"), actor = portrait_in("within_our_gates.mkv");
  const IdentityCheck check;
  const RgbImageF somebody_else = aligned_crop(matrix_of(actor.picture), actor.face.points, check.crop_size());
  const RgbImageF herself = aligned_crop(matrix_of(portrait.picture), portrait.face.points, check.crop_size());
  for (const double size : {32.0, 48.0, 64.0, 96.0}) {
    const SmallPortrait small = shrunk(portrait, size);
    const RgbImageF crop = aligned_crop(small.picture, small.points, check.crop_size());
    EXPECT_EQ(check.strength_left(crop, somebody_else, size), 0) << size << " px";
    EXPECT_EQ(check.strength_left(crop, crop, size), 1) << size << " px";
    EXPECT_GT(check.strength_left(crop, herself, size), 0) << size << " px";
  }
  // The other way round: she in place of the actor, who is seen as small as the film shows him.
  const RgbImageF crop = aligned_crop(matrix_of(actor.picture), actor.face.points, check.crop_size());
  EXPECT_EQ(check.strength_left(crop, herself, actor.size), 0);
}

}  // namespace
}  // namespace reelface
