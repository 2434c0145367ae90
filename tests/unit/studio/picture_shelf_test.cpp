// SPDX-License-Identifier: Apache-2.0
#include "studio/films/picture_shelf.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

std::shared_ptr<const ShownPicture> picture(std::size_t bytes) {
  auto made = std::make_shared<ShownPicture>();
  made->png.assign(bytes, 'x');
  return made;
}

TEST(PictureShelf, KeepsWhatFits) {
  PictureShelf shelf(100);
  shelf.keep("a", picture(40));
  shelf.keep("b", picture(40));
  EXPECT_TRUE(shelf.find("a"));  // now b is the oldest
  shelf.keep("c", picture(40));
  EXPECT_TRUE(shelf.find("a"));
  EXPECT_FALSE(shelf.find("b"));
  EXPECT_TRUE(shelf.find("c"));
}

TEST(PictureShelf, TheNewestStaysHoweverLarge) {
  PictureShelf shelf(100);
  shelf.keep("a", picture(40));
  shelf.keep("large", picture(1000));
  EXPECT_TRUE(shelf.find("large"));
  EXPECT_FALSE(shelf.find("a"));
  shelf.keep("b", picture(1));
  EXPECT_TRUE(shelf.find("b"));
  EXPECT_FALSE(shelf.find("large"));
}

TEST(PictureShelf, TheSameNameTwiceIsKeptOnce) {
  PictureShelf shelf(100);
  for (int i = 0; i < 10; ++i) shelf.keep("a", picture(40));
  shelf.keep("b", picture(40));
  EXPECT_TRUE(shelf.find("a"));
  EXPECT_TRUE(shelf.find("b"));
}

}  // namespace
}  // namespace reelface
