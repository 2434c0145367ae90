// SPDX-License-Identifier: Apache-2.0
#include "media/formats/picture_list.h"

#include <gtest/gtest.h>

#include "reelface/core/error.h"
#include "support/generated_media.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

class PictureListTest : public ::testing::Test {
 protected:
  void touch(const std::string& name) const { testing::write_file(folder_.file(name), "x"); }
  std::vector<std::string> names_in(const PictureList& list) const {
    std::vector<std::string> names;
    for (const std::string& file : list.files) names.push_back(file.substr(file.rfind('/') + 1));
    return names;
  }
  testing::TemporaryFolder folder_;
};

using Names = std::vector<std::string>;

TEST(NaturalOrder, CountsDigitsAsNumbers) {
  EXPECT_TRUE(comes_before_naturally("shot_2.png", "shot_10.png"));
  EXPECT_FALSE(comes_before_naturally("shot_10.png", "shot_2.png"));
  EXPECT_TRUE(comes_before_naturally("a9b2", "a9b10"));
  EXPECT_TRUE(comes_before_naturally("a", "a1"));
  EXPECT_TRUE(comes_before_naturally("a1", "b0"));
  EXPECT_FALSE(comes_before_naturally("same1", "same1"));
  EXPECT_TRUE(comes_before_naturally("1", "99999999999999999999999999999999"));
  // Equal numbers, other spelling: some order, but one only.
  EXPECT_NE(comes_before_naturally("a01", "a1"), comes_before_naturally("a1", "a01"));
}

TEST_F(PictureListTest, TakesThePicturesOfAFolderInOrder) {
  for (const char* name : {"f10.PNG", "f9.png", "f1.jpg", ".hidden.png", "notes.txt", "f100.tiff"}) touch(name);
  const PictureList list = pictures_in_folder(folder_.path().string());
  EXPECT_EQ(names_in(list), (Names{"f1.jpg", "f9.png", "f10.PNG", "f100.tiff"}));
  EXPECT_EQ(list.positions, (std::vector<std::int64_t>{0, 1, 2, 3}));
  EXPECT_EQ(list.missing_count, 0) << "a folder's names need not be numbers";
}

TEST_F(PictureListTest, RefusesAFolderWithoutPictures) {
  touch("notes.txt");
  EXPECT_THROW(pictures_in_folder(folder_.path().string()), Error);
  EXPECT_THROW(pictures_in_folder(folder_.file("absent")), Error);
}

TEST_F(PictureListTest, FollowsANumberedPatternAndNamesTheGaps) {
  for (const char* name :
       {"s_0007.png", "s_0008.png", "s_0011.png", "s_0013.png", "s_13.png", "s_00014.png", "x_0009.png"}) {
    touch(name);
  }
  const std::optional<PictureList> list = pictures_by_number(folder_.file("s_%04d.png"));
  ASSERT_TRUE(list);
  EXPECT_EQ(names_in(*list), (Names{"s_0007.png", "s_0008.png", "s_0011.png", "s_0013.png"}));
  EXPECT_EQ(list->positions, (std::vector<std::int64_t>{0, 1, 4, 6}));
  EXPECT_EQ(list->missing, "9-10, 12");
  EXPECT_EQ(list->missing_count, 3);
}

TEST_F(PictureListTest, NumbersMayOutgrowTheirWidth) {
  for (const char* name : {"9.png", "10.png", "011.png"}) touch(name);
  EXPECT_EQ(names_in(*pictures_by_number(folder_.file("%d.png"))), (Names{"9.png", "10.png"}));
  for (const char* name : {"t98.png", "t99.png", "t100.png"}) touch(name);
  EXPECT_EQ(names_in(*pictures_by_number(folder_.file("t%02d.png"))), (Names{"t98.png", "t99.png", "t100.png"}));
}

TEST_F(PictureListTest, NamesOnlyTheFirstGaps) {
  for (int number = 0; number < 60; number += 2) touch(std::to_string(number) + ".png");
  const std::optional<PictureList> list = pictures_by_number(folder_.file("%d.png"));
  EXPECT_EQ(list->missing_count, 29);
  EXPECT_LT(list->missing.size(), 60u);
}

TEST_F(PictureListTest, OtherNamesAreNoPatterns) {
  EXPECT_FALSE(pictures_by_number(folder_.file("plain.png")));
  EXPECT_FALSE(pictures_by_number(folder_.file("100%.png")));
  EXPECT_FALSE(pictures_by_number(folder_.file("%s.png")));
  EXPECT_FALSE(pictures_by_number(folder_.file("%d_%d.png")));
  EXPECT_FALSE(pictures_by_number(folder_.file("%9999d.png")));
  EXPECT_THROW(pictures_by_number(folder_.file("%d.png")), Error) << "a pattern that nothing fits is a mistake";
}

}  // namespace
}  // namespace reelface
