// SPDX-License-Identifier: Apache-2.0
#include "studio/http/http_message.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

TEST(HttpMessage, WhatIsSaidTwiceIsNotSaid) {
  HttpHead head;
  head.headers = {{"a", "1"}, {"b", "1"}, {"b", "2"}};
  head.query = {{"x", ""}, {"y", "1"}, {"y", "1"}};
  EXPECT_EQ(head.header("a"), "1");
  EXPECT_FALSE(head.header("b"));
  EXPECT_FALSE(head.header("c"));
  EXPECT_EQ(head.asked("x"), "");
  EXPECT_FALSE(head.asked("y"));
}

TEST(HttpMessage, CookiesAreFoundByTheirWholeName) {
  EXPECT_EQ(cookie_named("a", "a=1"), "1");
  EXPECT_EQ(cookie_named("a", "aa=2; a=1 ;b=3"), "1");
  EXPECT_EQ(cookie_named("b", "a=b=5;b=c=d"), "c=d");
  EXPECT_EQ(cookie_named("a", "a="), "");
  for (const char* header : {"", ";", "aa=1", "a", "ba=1", "a =1", "a=1;a=1", "=a"})
    EXPECT_FALSE(cookie_named("a", header)) << header;
}

}  // namespace
}  // namespace reelface
