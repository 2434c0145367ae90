// SPDX-License-Identifier: Apache-2.0
#include "studio/base64.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

TEST(Base64, IsReadAsItIsWritten) {
  EXPECT_EQ(from_base64(""), "");
  EXPECT_EQ(from_base64("Zg=="), "f");
  EXPECT_EQ(from_base64("Zm8="), "fo");
  EXPECT_EQ(from_base64("Zm9v"), "foo");
  EXPECT_EQ(from_base64("Zm9vYmFy"), "foobar");
  EXPECT_EQ(from_base64("AP+A"), std::string("\0\xff\x80", 3));
  EXPECT_EQ(from_base64("++//"), std::string("\xfb\xef\xff", 3));
}

TEST(Base64, EverythingElseIsNone) {
  for (const char* text :
       {"Z", "Zg", "Zg=", "Zg===", "====", "Z===", "Zm9v\n", "Zm 9v", "Zm-_", "Zg==Zg==", "=Zm9", "\xff\xff\xff\xff"})
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
}

}  // namespace
}  // namespace reelface
