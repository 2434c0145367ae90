// SPDX-License-Identifier: Apache-2.0
#include "studio/routes.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

std::optional<Route> route(const std::string& method, const std::string& path) {
  HttpHead head;
  head.method = method;
  head.path = path;
  return route_of(head);
}

std::optional<std::int64_t> count(const std::string& text) {
  HttpHead head;
  head.query.emplace("frame", text);
  return count_in(head, "frame");
}

TEST(Routes, AreFound) {
  EXPECT_EQ(route("GET", "/"), Route::kPage);
  EXPECT_EQ(route("GET", "/page/main.js"), Route::kPageFile);
  EXPECT_EQ(route("GET", "/api/film"), Route::kFilm);
  EXPECT_EQ(route("POST", "/api/preview"), Route::kPreview);
}

TEST(Routes, AnythingElseIsNone) {
  for (const char* path :
       {"", "//", "/api", "/api/", "/api/film/", "/API/film", "/api/filmx", "/page", "/../", "/index.html"})
    EXPECT_FALSE(route("GET", path)) << path;
  EXPECT_FALSE(route("POST", "/"));
  EXPECT_FALSE(route("GET", "/api/preview"));
  EXPECT_FALSE(route("POST", "/page/main.js"));
  EXPECT_FALSE(route("GET", std::string("/\0", 2)));
}

TEST(Routes, CountsAreDigits) {
  EXPECT_EQ(count("0"), 0);
  EXPECT_EQ(count("120"), 120);
  EXPECT_EQ(count("999999999999"), 999999999999);
  for (const char* text : {"", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "1000000000000", "99999999999999999999"})
    EXPECT_FALSE(count(text)) << text;
  HttpHead twice;
  twice.query = {{"frame", "1"}, {"frame", "2"}};
  EXPECT_FALSE(count_in(twice, "frame"));
}

}  // namespace
}  // namespace reelface
