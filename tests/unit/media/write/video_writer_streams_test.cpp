// SPDX-License-Identifier: Apache-2.0
// What goes along with the picture: sound, subtitles, attachments, covers, chapters, tags.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "support/temporary_folder.h"
#include "unit/media/rewrite.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::packet_sums;
using testing::refusal_of;
using testing::rewrite;
using testing::run_ffmpeg;
using testing::shown;
using testing::write_file;

class VideoWriterStreams : public ::testing::Test {
 protected:
  VideoWriterStreams() {
    write_file(file("words.srt"),
               "1\n00:00:00,100 --> 00:00:00,500\nGood <i>evening</i>\n\n"
               "2\n00:00:00,600 --> 00:00:00,900\nGrüße\n");
    write_file(file("facts.txt"),
               ";FFMETADATA1\ntitle=The title\nBARCODE=123\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=400\n"
               "title=One\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=400\nEND=1000\ntitle=Two\n");
    write_file(file("letters.ttf"), "not really a font");
    run_ffmpeg(
        "-f lavfi -i testsrc2=s=160x120:r=25:d=1 -f lavfi -i sine=d=1 -f lavfi -i sine=f=880:d=1 -i " +
        file("words.srt") + " -i " + file("facts.txt") +
        " -map 0 -map 1 -map 2 -map 3 -map_metadata 4 -c:v libx264 -preset ultrafast -c:a aac -c:a:1 flac -c:s srt "
        "-metadata:s:a:0 language=ger -metadata:s:a:1 language=fre -metadata:s:s language=eng "
        "-disposition:a:1 comment -default_mode passthrough -attach " +
        file("letters.ttf") + " -metadata:s:t mimetype=application/x-truetype-font " + file("zoo.mkv"));
  }
  std::string file(const std::string& name) const { return folder_.file(name); }

  testing::TemporaryFolder folder_;
};

TEST_F(VideoWriterStreams, MatroskaGetsEverything) {
  rewrite(file("zoo.mkv"), file("out.mkv"));
  for (const char* streams : {"0:a", "0:s"})
    EXPECT_EQ(packet_sums(file("out.mkv"), streams), packet_sums(file("zoo.mkv"), streams));
  const char* facts =
      "stream=index,codec_name:stream_tags=language,filename,mimetype,title:stream_disposition=default,comment";
  EXPECT_EQ(shown(file("out.mkv"), facts), shown(file("zoo.mkv"), facts));
  // Everything moves where the first sound begins before 0, as newer versions of libav read it from Matroska.
  run_ffmpeg("-i " + file("zoo.mkv") + " -map 0 -c copy " + file("copy.mkv"));
  EXPECT_EQ(shown(file("out.mkv"), "chapter=start_time,end_time:chapter_tags"),
            shown(file("copy.mkv"), "chapter=start_time,end_time:chapter_tags"));
  EXPECT_THAT(shown(file("out.mkv"), "format_tags"), HasSubstr("BARCODE=123"));
}

TEST_F(VideoWriterStreams, WhatMp4CannotHoldIsNamedBeforeAnythingIsWritten) {
  const auto refusal = refusal_of([&] { rewrite(file("zoo.mkv"), file("out.mp4")); });
  EXPECT_EQ(refusal.code, ExitCode::kUsage);
  EXPECT_THAT(refusal.message, HasSubstr("stream 4 (attachment"));
  EXPECT_THAT(refusal.advice, HasSubstr(".mkv"));
  EXPECT_THAT(refusal.advice, HasSubstr("--drop-unsupported"));
  EXPECT_FALSE(fs::exists(file("out.mp4")));
}

TEST_F(VideoWriterStreams, Mp4GetsTheRestWhenToldToGoOn) {
  WriteOptions options;
  options.drop_unsupported = true;
  VideoReader reader(file("zoo.mkv"));
  const WritePlan plan = plan_output(reader, file("out.mp4"), options);
  ASSERT_EQ(plan.streams.size(), 5u);
  EXPECT_EQ(plan.streams[3].action, StreamPlan::Action::kConvert);
  EXPECT_EQ(plan.streams[3].target_codec, "mov_text");
  EXPECT_EQ(plan.streams[4].action, StreamPlan::Action::kDrop);
  EXPECT_FALSE(plan.streams[4].reason.empty());
  EXPECT_THAT(plan.notes, ::testing::Contains(HasSubstr("BARCODE")));

  rewrite(file("zoo.mkv"), file("out.mp4"), options);
  EXPECT_EQ(packet_sums(file("out.mp4"), "0:a"), packet_sums(file("zoo.mkv"), "0:a"));
  EXPECT_THAT(shown(file("out.mp4"), "format_tags"), HasSubstr("The title"));
  EXPECT_THAT(shown(file("out.mp4"), "chapter_tags"), HasSubstr("Two"));
  const std::string words = testing::output_of("ffmpeg -v error -i " + file("out.mp4") + " -map 0:s:0 -f srt -");
  EXPECT_THAT(words, HasSubstr("Good <i>evening</i>"));
  EXPECT_THAT(words, HasSubstr("Grüße"));
  EXPECT_EQ(words, testing::output_of("ffmpeg -v error -i " + file("zoo.mkv") + " -map 0:s:0 -f srt -"));

  rewrite(file("out.mp4"), file("back.mkv"));  // MOV text becomes SubRip; the chapter track becomes chapters
  EXPECT_THAT(shown(file("back.mkv"), "stream=codec_name"), HasSubstr("subrip"));
  EXPECT_THAT(shown(file("back.mkv"), "stream=codec_type"), Not(HasSubstr("data")));
  EXPECT_EQ(testing::output_of("ffmpeg -v error -i " + file("back.mkv") + " -map 0:s:0 -f srt -"), words);
}

TEST_F(VideoWriterStreams, UnwantedStreamsStayAway) {
  WriteOptions options;
  options.copy_audio = false;
  options.copy_subtitles = false;
  rewrite(file("zoo.mkv"), file("out.mkv"), options);
  EXPECT_THAT(shown(file("out.mkv"), "stream=codec_type"), Not(HasSubstr("audio")));
  EXPECT_THAT(shown(file("out.mkv"), "stream=codec_type"), Not(HasSubstr("subtitle")));
}

TEST_F(VideoWriterStreams, PcmDoesNotGoIntoMp4ButIntoMov) {
  run_ffmpeg("-f lavfi -i testsrc2=s=160x120:d=0.2 -f lavfi -i sine=d=0.2 -c:v libx264 -c:a pcm_s16le " +
             file("pcm.mov"));
  const auto refusal = refusal_of([&] { rewrite(file("pcm.mov"), file("pcm.mp4")); });
  EXPECT_EQ(refusal.code, ExitCode::kUsage);
  EXPECT_THAT(refusal.message, HasSubstr("pcm_s16le"));
  rewrite(file("pcm.mov"), file("pcm_out.mov"));
  EXPECT_EQ(packet_sums(file("pcm_out.mov"), "0:a"), packet_sums(file("pcm.mov"), "0:a"));
}

TEST_F(VideoWriterStreams, ACoverStaysACover) {
  run_ffmpeg("-f lavfi -i color=red:s=64x64 -frames:v 1 " + file("cover.png"));
  run_ffmpeg("-f lavfi -i testsrc2=s=160x120:d=0.2 -i " + file("cover.png") +
             " -map 0 -map 1 -c:v:0 libx264 -c:v:1 copy -disposition:v:1 attached_pic " + file("cover.mp4"));
  rewrite(file("cover.mp4"), file("out.mp4"));
  rewrite(file("cover.mp4"), file("out.mkv"));
  rewrite(file("out.mkv"), file("again.mp4"));
  for (const char* name : {"out.mp4", "out.mkv", "again.mp4"}) {
    EXPECT_THAT(shown(file(name), "stream_disposition=attached_pic"), HasSubstr("attached_pic=1")) << name;
    EXPECT_EQ(packet_sums(file(name), "0:v:1"), packet_sums(file("cover.mp4"), "0:v:1")) << name;
  }
}

TEST_F(VideoWriterStreams, ATimecodeStaysATimecode) {
  run_ffmpeg("-f lavfi -i testsrc2=s=160x120:r=25:d=0.4 -c:v libx264 -timecode 01:02:03:04 " + file("tape.mov"));
  rewrite(file("tape.mov"), file("out.mov"));
  rewrite(file("tape.mov"), file("out.mkv"));
  EXPECT_THAT(shown(file("out.mov"), "stream=codec_tag_string"), HasSubstr("tmcd"));
  EXPECT_THAT(shown(file("out.mov"), "stream_tags=timecode"), HasSubstr("01:02:03:04"));
  EXPECT_THAT(shown(file("out.mkv"), "stream_tags:format_tags"), HasSubstr("01:02:03:04"));
}

TEST_F(VideoWriterStreams, ALateSoundStaysLate) {
  run_ffmpeg("-f lavfi -i testsrc2=s=160x120:r=25:d=1 -itsoffset 0.5 -f lavfi -i sine=d=0.4 -c:v libx264 -c:a flac " +
             file("late.mkv"));
  rewrite(file("late.mkv"), file("out.mkv"));
  EXPECT_EQ(shown(file("out.mkv"), "stream=start_time"), shown(file("late.mkv"), "stream=start_time"));
  rewrite(file("late.mkv"), file("out.mp4"));
  EXPECT_THAT(shown(file("out.mp4"), "stream=start_time", "-select_streams a"), HasSubstr("0.500000"));
}

}  // namespace
}  // namespace reelface
