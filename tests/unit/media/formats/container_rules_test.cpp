// SPDX-License-Identifier: Apache-2.0
#include "media/formats/container_rules.h"

#include <gtest/gtest.h>

#include <string>

namespace reelface {
namespace {

struct Row {
  const char* container;
  StreamKind kind;
  AVCodecID codec;
  bool holds;
};

std::string name_of(const ::testing::TestParamInfo<Row>& info) {
  std::string name = std::string(info.param.container) + "_" +
                     (info.param.kind == StreamKind::kAttachment ? "file"
                      : info.param.kind == StreamKind::kCoverArt ? "cover"
                                                                 : "") +
                     codec_name(info.param.codec) + (info.param.holds ? "_yes" : "_no");
  for (char& letter : name)
    if (!isalnum(static_cast<unsigned char>(letter))) letter = '_';
  return name;
}

class ContainerTable : public ::testing::TestWithParam<Row> {};

TEST_P(ContainerTable, SaysWhatTheMuxerReallyDoes) {
  const Row& row = GetParam();
  const AVOutputFormat* format = av_guess_format(row.container, nullptr, nullptr);
  ASSERT_NE(format, nullptr);
  const ContainerRules::Verdict verdict = ContainerRules(format).judge(row.kind, row.codec);
  EXPECT_EQ(verdict.holds, row.holds) << verdict.reason;
  EXPECT_EQ(verdict.reason.empty(), row.holds);
}

constexpr StreamKind kVideo = StreamKind::kVideo;
constexpr StreamKind kAudio = StreamKind::kAudio;
constexpr StreamKind kText = StreamKind::kSubtitle;

INSTANTIATE_TEST_SUITE_P(
    Rows, ContainerTable,
    ::testing::Values(
        // MP4: no PCM with this libav, only its own kind of text, no attached files.
        Row{"mp4", kVideo, AV_CODEC_ID_H264, true}, Row{"mp4", kVideo, AV_CODEC_ID_AV1, true},
        Row{"mp4", kVideo, AV_CODEC_ID_FFV1, false}, Row{"mp4", kVideo, AV_CODEC_ID_VP8, false},
        Row{"mp4", kVideo, AV_CODEC_ID_PRORES, false}, Row{"mp4", kAudio, AV_CODEC_ID_PCM_S16LE, false},
        Row{"mp4", kAudio, AV_CODEC_ID_FLAC, true}, Row{"mp4", kAudio, AV_CODEC_ID_OPUS, true},
        Row{"mp4", kAudio, AV_CODEC_ID_AAC, true}, Row{"mp4", kText, AV_CODEC_ID_SUBRIP, false},
        Row{"mp4", kText, AV_CODEC_ID_ASS, false}, Row{"mp4", kText, AV_CODEC_ID_HDMV_PGS_SUBTITLE, false},
        Row{"mp4", kText, AV_CODEC_ID_MOV_TEXT, true}, Row{"mp4", kText, AV_CODEC_ID_DVD_SUBTITLE, true},
        Row{"mp4", StreamKind::kAttachment, AV_CODEC_ID_TTF, false},
        Row{"mp4", StreamKind::kCoverArt, AV_CODEC_ID_PNG, true},
        // MOV: PCM yes; libav says yes to FLAC and Opus and fails.
        Row{"mov", kAudio, AV_CODEC_ID_PCM_S16LE, true}, Row{"mov", kAudio, AV_CODEC_ID_AC3, true},
        Row{"mov", kAudio, AV_CODEC_ID_FLAC, false}, Row{"mov", kAudio, AV_CODEC_ID_OPUS, false},
        Row{"mov", kVideo, AV_CODEC_ID_PRORES, true}, Row{"mov", kVideo, AV_CODEC_ID_VP9, false},
        Row{"mov", kVideo, AV_CODEC_ID_AV1, false}, Row{"mov", kVideo, AV_CODEC_ID_FFV1, true},
        // Matroska: nearly all; libav says no to fonts and they work.
        Row{"matroska", kVideo, AV_CODEC_ID_FFV1, true}, Row{"matroska", kAudio, AV_CODEC_ID_PCM_S24LE, true},
        Row{"matroska", kAudio, AV_CODEC_ID_WMAV2, true}, Row{"matroska", kVideo, AV_CODEC_ID_HUFFYUV, true},
        Row{"matroska", kText, AV_CODEC_ID_SUBRIP, true}, Row{"matroska", kText, AV_CODEC_ID_HDMV_PGS_SUBTITLE, true},
        Row{"matroska", kText, AV_CODEC_ID_MOV_TEXT, false},
        Row{"matroska", StreamKind::kAttachment, AV_CODEC_ID_TTF, true},
        Row{"matroska", StreamKind::kCoverArt, AV_CODEC_ID_MJPEG, true},
        Row{"matroska", StreamKind::kData, AV_CODEC_ID_BIN_DATA, false},
        // WebM: five codecs.
        Row{"webm", kVideo, AV_CODEC_ID_VP9, true}, Row{"webm", kVideo, AV_CODEC_ID_H264, false},
        Row{"webm", kAudio, AV_CODEC_ID_OPUS, true}, Row{"webm", kAudio, AV_CODEC_ID_AAC, false},
        Row{"webm", kText, AV_CODEC_ID_WEBVTT, true}, Row{"webm", kText, AV_CODEC_ID_SUBRIP, false},
        // AVI: no subtitles, no Opus.
        Row{"avi", kVideo, AV_CODEC_ID_MPEG4, true}, Row{"avi", kAudio, AV_CODEC_ID_MP3, true},
        Row{"avi", kAudio, AV_CODEC_ID_OPUS, false}, Row{"avi", kText, AV_CODEC_ID_SUBRIP, false},
        // MPEG-TS muxes anything as private data that nothing reads.
        Row{"mpegts", kVideo, AV_CODEC_ID_H264, true}, Row{"mpegts", kVideo, AV_CODEC_ID_FFV1, false},
        Row{"mpegts", kAudio, AV_CODEC_ID_PCM_S16LE, false}, Row{"mpegts", kAudio, AV_CODEC_ID_FLAC, false},
        Row{"mpegts", kAudio, AV_CODEC_ID_AC3, true}, Row{"mpegts", kText, AV_CODEC_ID_SUBRIP, false},
        Row{"mpegts", kText, AV_CODEC_ID_DVB_SUBTITLE, true}),
    name_of);

TEST(ContainerRules, TextSubtitlesAreConvertedAndPicturesAreNot) {
  const ContainerRules mp4(av_guess_format("mp4", nullptr, nullptr));
  EXPECT_EQ(mp4.judge(kText, AV_CODEC_ID_SUBRIP).convert_to, AV_CODEC_ID_MOV_TEXT);
  EXPECT_EQ(mp4.judge(kText, AV_CODEC_ID_HDMV_PGS_SUBTITLE).convert_to, AV_CODEC_ID_NONE);
  const ContainerRules matroska(av_guess_format("matroska", nullptr, nullptr));
  EXPECT_EQ(matroska.judge(kText, AV_CODEC_ID_MOV_TEXT).convert_to, AV_CODEC_ID_SUBRIP);
  const ContainerRules avi(av_guess_format("avi", nullptr, nullptr));
  EXPECT_EQ(avi.judge(kText, AV_CODEC_ID_SUBRIP).convert_to, AV_CODEC_ID_NONE);
}

TEST(ContainerRules, SuggestsAContainerThatHolds) {
  EXPECT_EQ(suggest_container(kAudio, AV_CODEC_ID_PCM_S16LE), ".mkv");
  EXPECT_EQ(suggest_container(kText, AV_CODEC_ID_MOV_TEXT), ".mov");
  EXPECT_EQ(suggest_container(StreamKind::kData, AV_CODEC_ID_BIN_DATA), ".mov");
  EXPECT_EQ(suggest_container(StreamKind::kAttachment, AV_CODEC_ID_TTF), ".mkv");
}

}  // namespace
}  // namespace reelface
