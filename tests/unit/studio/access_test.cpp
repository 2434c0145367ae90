// SPDX-License-Identifier: Apache-2.0
#include "studio/access.h"

#include <gtest/gtest.h>

#include <set>

namespace reelface {
namespace {

const std::string kToken(64, 'a'), kSession(64, 'b');

/// As a browser asks that may.
HttpHead get(const std::string& path) {
  HttpHead head;
  head.method = "GET";
  head.target = head.path = path;
  head.headers = {{"host", "127.0.0.1:8000"}, {"cookie", "reelface_studio_8000=" + kSession}};
  return head;
}

HttpHead post(const std::string& path) {
  HttpHead head = get(path);
  head.method = "POST";
  head.headers.insert(
      {{"origin", "http://127.0.0.1:8000"}, {"content-type", "application/json"}, {"content-length", "2"}});
  return head;
}

void say(HttpHead& head, const std::string& name, const std::string& value) {
  head.headers.erase(name);
  head.headers.emplace(name, value);
}

int status_of(const HttpHead& head) {
  Access access(8000, kToken, kSession);
  const auto answer = access.answer(head);
  return answer ? answer->status : 0;
}

int status_with(HttpHead head, const std::string& name, const std::string& value) {
  say(head, name, value);
  return status_of(head);
}

TEST(Access, LetsThePageAsk) {
  EXPECT_EQ(status_of(get("/")), 0);
  EXPECT_EQ(status_of(post("/api/preview")), 0);
  EXPECT_EQ(status_with(get("/"), "host", "localhost:8000"), 0);
  EXPECT_EQ(status_with(get("/"), "sec-fetch-site", "same-origin"), 0);
  EXPECT_EQ(status_with(get("/"), "sec-fetch-site", "none"), 0);
}

TEST(Access, OtherNamesForThisMachineAreRefused) {
  for (const char* host : {"", "example.org", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8000.example.org", "evil:8000",
                           "[::1]:8000", "127.0.0.1:8000 ", "0.0.0.0:8000"})
    EXPECT_EQ(status_with(get("/"), "host", host), 421) << host;
  HttpHead without = get("/");
  without.headers.erase("host");
  EXPECT_EQ(status_of(without), 421);
}

TEST(Access, PagesOfOthersAreRefused) {
  for (const char* origin :
       {"null", "http://example.org", "https://127.0.0.1:8000", "http://127.0.0.1:8001", "", "127.0.0.1:8000"}) {
    EXPECT_EQ(status_with(post("/api/preview"), "origin", origin), 403) << origin;
    EXPECT_EQ(status_with(get("/"), "origin", origin), 403) << origin;
  }
  HttpHead without = post("/api/preview");
  without.headers.erase("origin");
  EXPECT_EQ(status_of(without), 403);
  for (const char* site : {"cross-site", "same-site", "", "anything"})
    EXPECT_EQ(status_with(get("/"), "sec-fetch-site", site), 403) << site;
}

TEST(Access, NeedsTheCookie) {
  for (const std::string& cookie :
       {std::string(), "reelface_studio_8000=" + kToken, "reelface_studio_8001=" + kSession,
        "reelface_studio_8000=" + kSession + "x", std::string("reelface_studio_8000="),
        std::string("reelface_studio_8000=").append(kSession).append("; reelface_studio_8000=").append(kSession)})
    EXPECT_EQ(status_with(get("/"), "cookie", cookie), 401) << cookie;
  EXPECT_EQ(status_with(get("/"), "cookie", "other=1; reelface_studio_8000=" + kSession + " ; more=2"), 0);
}

TEST(Access, TheAddressOpensOnce) {
  Access access(8000, kToken, kSession);
  HttpHead first = get("/");
  first.headers.erase("cookie");
  first.query.emplace("token", kToken);
  const auto welcome = access.answer(first);
  ASSERT_TRUE(welcome);
  EXPECT_EQ(welcome->status, 303);
  std::string cookie;
  for (const auto& [name, value] : welcome->headers) {
    if (name == "Set-Cookie") cookie = value;
  }
  EXPECT_EQ(cookie, "reelface_studio_8000=" + kSession + "; HttpOnly; SameSite=Strict; Path=/");
  EXPECT_EQ(access.answer(first)->status, 401);  // somebody else
  first.headers.emplace("cookie", "reelface_studio_8000=" + kSession);
  EXPECT_EQ(access.answer(first)->status, 303);  // the same browser, by the same link
}

TEST(Access, AWrongTokenDoesNotUseItUp) {
  Access access(8000, kToken, kSession);
  HttpHead wrong = get("/");
  wrong.headers.erase("cookie");
  wrong.query.emplace("token", std::string(64, 'c'));
  EXPECT_EQ(access.answer(wrong)->status, 401);
  HttpHead twice = get("/");
  twice.headers.erase("cookie");
  twice.query = {{"token", kToken}, {"token", kToken}};
  EXPECT_EQ(access.answer(twice)->status, 401);
  HttpHead right = get("/");
  right.headers.erase("cookie");
  right.query.emplace("token", kToken);
  EXPECT_EQ(access.answer(right)->status, 303);
}

TEST(Access, ATokenOpensNothingButThePage) {
  HttpHead head = get("/api/start");
  head.headers.erase("cookie");
  head.query.emplace("token", kToken);
  EXPECT_EQ(status_of(head), 401);
  HttpHead posted = post("/");
  posted.headers.erase("cookie");
  posted.query.emplace("token", kToken);
  EXPECT_EQ(status_of(posted), 401);
}

TEST(Access, OddRequestsAreRefused) {
  for (const char* method : {"PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", ""}) {
    HttpHead head = get("/");
    head.method = method;
    EXPECT_EQ(status_of(head), 405) << method;
  }
  for (const char* name : {"transfer-encoding", "content-encoding", "range", "expect", "upgrade", "trailer"})
    EXPECT_EQ(status_with(get("/"), name, "x"), 400) << name;
  for (const char* name : {"host", "origin", "cookie", "content-length", "content-type"}) {
    HttpHead head = post("/api/preview");
    head.headers.emplace(name, head.header(name).value_or(""));
    EXPECT_EQ(status_of(head), 400) << name;
  }
  HttpHead lengthy = get("/");
  lengthy.target = "/" + std::string(5000, 'x');
  EXPECT_EQ(status_of(lengthy), 414);
  EXPECT_EQ(status_with(get("/"), "x-something", std::string(5000, 'x')), 431);
  HttpHead absolute = get("/");
  absolute.target = "http://127.0.0.1:8000/";
  EXPECT_EQ(status_of(absolute), 400);
}

TEST(Access, BodiesAreShortAndOfOneKind) {
  EXPECT_EQ(status_with(post("/"), "content-length", "65536"), 0);
  for (const char* length : {"65537", "1073741824", "99999999999999999"})
    EXPECT_EQ(status_with(post("/"), "content-length", length), 413) << length;
  for (const char* length : {"", "-1", "+1", "1 ", "0x10", "1,1", "9999999999999999999999"})
    EXPECT_EQ(status_with(post("/"), "content-length", length), 400) << length;
  HttpHead without = post("/");
  without.headers.erase("content-length");
  EXPECT_EQ(status_of(without), 411);
  for (const char* type : {"", "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"})
    EXPECT_EQ(status_with(post("/"), "content-type", type), 415) << type;
  EXPECT_EQ(status_with(get("/"), "content-length", "1"), 400);
  EXPECT_EQ(status_with(get("/"), "content-length", "0"), 0);
}

TEST(Access, WordsAreLongAndNeverTheSame) {
  std::set<std::string> words;
  for (int i = 0; i < 100; ++i) words.insert(random_word());
  EXPECT_EQ(words.size(), 100U);
  for (const std::string& word : words) {
    EXPECT_EQ(word.size(), 64U);
    EXPECT_EQ(word.find_first_not_of("0123456789abcdef"), std::string::npos) << word;
  }
}

TEST(Access, ComparesWholeWords) {
  EXPECT_TRUE(are_equal_words("abc", "abc"));
  for (const char* other : {"", "ab", "abcd", "abd", "xbc"}) EXPECT_FALSE(are_equal_words("abc", other)) << other;
  EXPECT_TRUE(are_equal_words("", ""));
}

}  // namespace
}  // namespace reelface
