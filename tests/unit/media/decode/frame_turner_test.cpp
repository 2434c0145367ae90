// SPDX-License-Identifier: Apache-2.0
#include "media/decode/frame_turner.h"

#include <gtest/gtest.h>

#include <vector>

#include "media/libav/display_matrix.h"
#include "media/libav/fitted_picture.h"
#include "media/libav/frame_storage.h"

namespace reelface {
namespace {

void set_key_frame(AVFrame& frame, bool is_key) {
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(58, 7, 100)
  frame.flags = is_key ? frame.flags | AV_FRAME_FLAG_KEY : frame.flags & ~AV_FRAME_FLAG_KEY;
#else
  frame.key_frame = is_key ? 1 : 0;
#endif
}

/// Samples of one plane by rows.
struct Samples {
  int width = 0;
  int height = 0;
  std::vector<int> values;

  int at(int x, int y) const {
    return values[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
};

bool operator==(const Samples& left, const Samples& right) {
  return left.width == right.width && left.height == right.height && left.values == right.values;
}

/// What a viewer sees: mirrored first, then turned.
Samples shown(Samples samples, const DisplayOrientation& orientation) {
  if (orientation.mirrored) {
    Samples mirrored = samples;
    for (int y = 0; y < samples.height; ++y) {
      for (int x = 0; x < samples.width; ++x) {
        mirrored.values[static_cast<std::size_t>(y) * static_cast<std::size_t>(samples.width) +
                        static_cast<std::size_t>(x)] = samples.at(samples.width - 1 - x, y);
      }
    }
    samples = mirrored;
  }
  for (int turn = 0; turn < orientation.quarter_turns_clockwise; ++turn) {
    Samples turned{samples.height, samples.width, {}};
    for (int y = 0; y < turned.height; ++y) {
      for (int x = 0; x < turned.width; ++x) turned.values.push_back(samples.at(y, samples.height - 1 - x));
    }
    samples = turned;
  }
  return samples;
}

Samples luma_of(const AVFrame& frame) {
  Samples samples{frame.width, frame.height, {}};
  for (int y = 0; y < frame.height; ++y) {
    for (int x = 0; x < frame.width; ++x) samples.values.push_back(frame.data[0][y * frame.linesize[0] + x]);
  }
  return samples;
}

FramePtr numbered_picture(AVPixelFormat format, const DisplayOrientation& orientation) {
  FramePtr frame = new_frame();
  frame->format = format;
  frame->width = 12;
  frame->height = 8;
  frame->pts = 7;
  frame->sample_aspect_ratio = {4, 3};
  EXPECT_GE(av_frame_get_buffer(frame.get(), 0), 0);
  for (int plane = 0; plane < 3 && frame->data[plane]; ++plane) {
    for (int y = 0; y < (plane == 0 ? 8 : 4); ++y) {
      for (int x = 0; x < 12; ++x)
        frame->data[plane][y * frame->linesize[plane] + x] = static_cast<std::uint8_t>(20 + 12 * y + x);
    }
  }
  AVFrameSideData* matrix = av_frame_new_side_data(frame.get(), AV_FRAME_DATA_DISPLAYMATRIX, kDisplayMatrixBytes);
  write_display_matrix(orientation, matrix->data);
  return frame;
}

std::vector<DisplayOrientation> all_orientations() {
  std::vector<DisplayOrientation> all;
  for (int turns = 0; turns < 4; ++turns) {
    for (const bool mirrored : {false, true}) all.push_back({turns, mirrored});
  }
  return all;
}

TEST(FrameTurner, MatricesSayWhatIsWrittenIntoThem) {
  for (const DisplayOrientation& orientation : all_orientations()) {
    std::vector<std::uint8_t> matrix(kDisplayMatrixBytes);
    write_display_matrix(orientation, matrix.data());
    EXPECT_EQ(orientation_from_matrix(matrix.data(), matrix.size()), orientation);
  }
}

TEST(FrameTurner, WhatIsSeenStaysTheSame) {
  for (const DisplayOrientation& from : all_orientations()) {
    for (const DisplayOrientation& to : all_orientations()) {
      FrameTurner turner({}, to);
      const FramePtr picture = numbered_picture(AV_PIX_FMT_YUV420P, from);
      const Samples before = shown(luma_of(*picture), from);
      const FramePtr turned = turner.turn(reference_frame(*picture));
      EXPECT_EQ(orientation_of(*turned, {}), to);
      EXPECT_TRUE(shown(luma_of(*turned), to) == before)
          << from.quarter_turns_clockwise << from.mirrored << " " << to.quarter_turns_clockwise << to.mirrored;
      EXPECT_EQ(turned->pts, 7);
      EXPECT_EQ(turner.turned(), from == to ? 0 : 1);
    }
  }
}

TEST(FrameTurner, AFilmThatNeverTurnsIsLeftAlone) {
  FrameTurner turner({1, false}, std::nullopt);
  for (int index = 0; index < 3; ++index) {
    FramePtr picture = numbered_picture(AV_PIX_FMT_YUV420P, {3, true});
    const AVFrame* same = picture.get();
    EXPECT_EQ(turner.turn(std::move(picture)).get(), same);
  }
  EXPECT_EQ(turner.turned(), 0);
}

TEST(FrameTurner, WhatASequenceBeginsWithHoldsUntilTheNext) {
  FrameTurner turner({}, DisplayOrientation{1, false});
  const auto turned = [&turner](bool is_key, const std::optional<DisplayOrientation>& told) {
    FramePtr picture = numbered_picture(AV_PIX_FMT_GRAY8, told.value_or(DisplayOrientation()));
    if (!told) av_frame_remove_side_data(picture.get(), AV_FRAME_DATA_DISPLAYMATRIX);
    picture->pict_type = is_key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_P;
    set_key_frame(*picture, is_key);
    const FramePtr result = turner.turn(std::move(picture));
    EXPECT_EQ(orientation_of(*result, {}), (DisplayOrientation{1, false}));
    return result->width == 8;
  };
  EXPECT_FALSE(turned(true, DisplayOrientation{1, false}));
  EXPECT_FALSE(turned(false, std::nullopt)) << "shown like the picture before";
  EXPECT_TRUE(turned(true, DisplayOrientation{2, false}));
  EXPECT_TRUE(turned(false, std::nullopt));
  EXPECT_TRUE(turned(true, std::nullopt)) << "upright again";
}

TEST(FrameTurner, SaysHowThePictureWasStored) {
  FrameTurner turner({}, DisplayOrientation{});
  const FramePtr turned = turner.turn(numbered_picture(AV_PIX_FMT_GRAY8, {1, false}));
  EXPECT_EQ(turned->width, 8);
  EXPECT_EQ(turned->height, 12);
  EXPECT_EQ(turned->sample_aspect_ratio.num, 3);
  EXPECT_EQ(fitted_of(*turned), (FittedPicture{{0, 0, 8, 12}, 12, 8, 1}));
}

TEST(FrameTurner, KeepsFormatsThatCannotLieOnTheirSide) {
  for (const AVPixelFormat format : {AV_PIX_FMT_YUV422P, AV_PIX_FMT_NV12}) {
    FrameTurner turner({}, DisplayOrientation{});
    const FramePtr turned = turner.turn(numbered_picture(format, {1, false}));
    EXPECT_EQ(turned->format, format);
    EXPECT_EQ(turned->width, 8);
  }
}

}  // namespace
}  // namespace reelface
