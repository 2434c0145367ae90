#include "app/argument_spelling.h"

#include <gtest/gtest.h>

#include "reelface/core/error.h"

namespace reelface {
namespace {

using Words = std::vector<std::string>;

TEST(UnifySpelling, TakesUnderscoresAndSingleDashWords) {
  EXPECT_EQ(unify_spelling({"restore", "--face_selector_mode=my_own", "-c:v", "ffv1", "-crf", "18"}),
            (Words{"restore", "--face-selector-mode=my_own", "--video-codec", "ffv1", "--crf", "18"}));
}

TEST(UnifySpelling, LeavesFileNamesAlone) {
  EXPECT_EQ(unify_spelling({"my_film.mkv", "-", "--", "--odd_name.mkv"}),
            (Words{"my_film.mkv", "-", "./--odd_name.mkv"}));
}

TEST(ParseTime, ReadsSecondsAndClockTimes) {
  EXPECT_DOUBLE_EQ(parse_time("90.5"), 90.5);
  EXPECT_DOUBLE_EQ(parse_time("1:30"), 90);
  EXPECT_DOUBLE_EQ(parse_time("1:00:30.25"), 3630.25);
}

TEST(ParseTime, RefusesTheRest) {
  for (const char* text : {"", ":", "1:", "a", "-1", "1:2:3:4", "1e400", "nan", "5s"}) {
    EXPECT_THROW(parse_time(text), Error) << text;
  }
}

TEST(ParseBytes, ReadsUnits) {
  EXPECT_EQ(parse_bytes("123"), 123);
  EXPECT_EQ(parse_bytes("1k"), 1024);
  EXPECT_EQ(parse_bytes("1.5G"), 1610612736);
  for (const char* text : {"", "M", "-1", "1T", "x"}) EXPECT_THROW(parse_bytes(text), Error) << text;
}

}  // namespace
}  // namespace reelface
