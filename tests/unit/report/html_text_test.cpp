// SPDX-License-Identifier: Apache-2.0
#include "report/html_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace reelface {
namespace {

TEST(Escaped, NothingIsLeftThatHtmlCouldRead) {
  EXPECT_EQ(escaped("<script>\"a\" & 'b'</script>"), "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;");
  EXPECT_EQ(escaped("two\nlines\tand a tab"), "two\nlines\tand a tab");
  EXPECT_EQ(escaped("Zoë 東京 😀"), "Zoë 東京 😀");
}

TEST(Escaped, BrokenTextBecomesReplacementCharacters) {
  const std::string mark = "\xEF\xBF\xBD";
  EXPECT_EQ(escaped(std::string("a\0b", 3)), "a" + mark + "b");
  EXPECT_EQ(escaped("\x1b[31m"), mark + "[31m");
  EXPECT_EQ(escaped("\xC3"), mark);                        // cut off
  EXPECT_EQ(escaped("\xC0\xBC"), mark + mark);             // an overlong "<"
  EXPECT_EQ(escaped("\xE0\x80\xBC"), mark + mark + mark);  // and a longer one
  EXPECT_EQ(escaped("\xED\xA0\x80"), mark + mark + mark);  // half of a surrogate pair
  EXPECT_EQ(escaped("\xF5\x80\x80\x80"), mark + mark + mark + mark);
  EXPECT_EQ(escaped("\xFFx"), mark + "x");
}

TEST(JsonText, CannotEndAScript) {
  EXPECT_EQ(json_text("</script>\\\"\n"), "\"\\u003c/script\\u003e\\\\\\\"\\n\"");
  EXPECT_EQ(json_text("\x01"), "\"\xEF\xBF\xBD\"");
}

TEST(JsonNumber, OnlyFiniteNumbers) {
  EXPECT_EQ(json_number(0.5), "0.5");
  EXPECT_EQ(json_number(-1234.5678), "-1234.57");
  EXPECT_EQ(json_number(std::nan("")), "null");
  EXPECT_EQ(json_number(std::numeric_limits<double>::infinity()), "null");
}

TEST(Base64, KnownValues) {
  const auto of = [](const std::string& text) { return base64({text.begin(), text.end()}); };
  EXPECT_EQ(of(""), "");
  EXPECT_EQ(of("f"), "Zg==");
  EXPECT_EQ(of("fo"), "Zm8=");
  EXPECT_EQ(of("foo"), "Zm9v");
  EXPECT_EQ(of("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64({0xFB, 0xFF, 0xFE}), "+//+");
}

TEST(Readable, EnoughDigitsAndNoMore) {
  EXPECT_EQ(readable(31.2678), "31.27");
  EXPECT_EQ(readable(0), "0.00");
  EXPECT_EQ(readable(0.4), "0.400");
  EXPECT_EQ(readable(0.00314159), "0.00314");
  EXPECT_EQ(readable(123.456), "123.5");
  EXPECT_EQ(readable(12345.6), "12346");
  EXPECT_EQ(readable(1e300), "1e+300");
  EXPECT_EQ(readable(-2.5), "-2.50");
  EXPECT_EQ(readable(std::numeric_limits<double>::infinity()), "∞");
  EXPECT_EQ(readable(std::nan("")), "–");
}

}  // namespace
}  // namespace reelface
