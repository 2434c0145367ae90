// SPDX-License-Identifier: Apache-2.0
#include "media/write/tag_copy.h"

#include <gtest/gtest.h>

#include <string>

namespace reelface {
namespace {

std::string tag(const Dictionary& tags, const char* key) {
  const AVDictionaryEntry* entry = av_dict_get(tags.get(), key, nullptr, 0);
  return entry ? entry->value : "(none)";
}

TEST(ValidUtf8, KeepsTextAndReplacesTheRest) {
  const std::string mark = "\xEF\xBF\xBD";
  EXPECT_EQ(valid_utf8("Grüße 日本 😀"), "Grüße 日本 😀");
  EXPECT_EQ(valid_utf8("Gr\xFC\xDF"), "Gr" + mark + mark);
  EXPECT_EQ(valid_utf8("\xC3"), mark);                        // cut off
  EXPECT_EQ(valid_utf8("\xC0\xAF"), mark + mark);             // overlong
  EXPECT_EQ(valid_utf8("\xED\xA0\x80"), mark + mark + mark);  // half a surrogate pair
  EXPECT_EQ(valid_utf8("\xF5\x80\x80\x80"), mark + mark + mark + mark);
  EXPECT_EQ(valid_utf8(""), "");
}

TEST(CopyFileTags, DropsWhatBelongsToTheOldFile) {
  Dictionary from;
  from.set("title", "caf\xE9");
  from.set("encoder", "Lavf1");
  from.set("major_brand", "isom");
  from.set("creation_time", "2001-01-01T00:00:00Z");
  Dictionary kept;
  copy_file_tags(kept.address(), from.get(), false);
  EXPECT_EQ(tag(kept, "title"), "caf\xEF\xBF\xBD");
  EXPECT_EQ(tag(kept, "encoder"), "(none)");
  EXPECT_EQ(tag(kept, "major_brand"), "(none)");
  EXPECT_EQ(tag(kept, "creation_time"), "2001-01-01T00:00:00Z");
  Dictionary exact;
  copy_file_tags(exact.address(), from.get(), true);
  EXPECT_EQ(tag(exact, "creation_time"), "(none)");
}

TEST(CopyStreamTags, CountsOfOldPacketsGoOnlyWhereThePacketsGo) {
  Dictionary from;
  from.set("language", "ger");
  from.set("BPS-eng", "1000");
  from.set("NUMBER_OF_FRAMES", "50");
  from.set("handler_name", "VideoHandler");
  const ContainerRules matroska(av_guess_format("matroska", nullptr, nullptr));
  const ContainerRules mp4(av_guess_format("mp4", nullptr, nullptr));
  Dictionary encoded;
  copy_stream_tags(encoded.address(), from.get(), true, matroska);
  EXPECT_EQ(tag(encoded, "language"), "ger");
  EXPECT_EQ(tag(encoded, "BPS-eng"), "(none)");
  EXPECT_EQ(tag(encoded, "NUMBER_OF_FRAMES"), "(none)");
  EXPECT_EQ(tag(encoded, "handler_name"), "(none)");
  Dictionary copied;
  copy_stream_tags(copied.address(), from.get(), false, mp4);
  EXPECT_EQ(tag(copied, "BPS-eng"), "1000");
  EXPECT_EQ(tag(copied, "handler_name"), "VideoHandler");
}

TEST(TagsWithoutPlace, NamesWhatMp4Loses) {
  Dictionary tags;
  tags.set("title", "x");
  tags.set("BARCODE", "123");
  const ContainerRules mp4(av_guess_format("mp4", nullptr, nullptr));
  EXPECT_EQ(tags_without_place(tags.get(), mp4), std::vector<std::string>{"BARCODE"});
  const ContainerRules matroska(av_guess_format("matroska", nullptr, nullptr));
  EXPECT_TRUE(tags_without_place(tags.get(), matroska).empty());
}

}  // namespace
}  // namespace reelface
