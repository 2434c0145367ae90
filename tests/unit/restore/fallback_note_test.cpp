// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/fallback_note.h"

#include <gtest/gtest.h>

#include "pipeline/stages/picture_fallback.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

FrameJob frame(std::int64_t index) {
  FrameJob job;
  job.index = index;
  return job;
}

TEST(FallbackNote, SaysNothingAsARule) {
  FallbackNote note;
  FrameJob job = frame(0);
  job.work.make<FaceWork>();
  note.note(job);
  EXPECT_EQ(note.text(), "");
}

TEST(FallbackNote, SaysFromWhichFrameFacesWereRestoredElsewhere) {
  FallbackNote note;
  for (const int index : {7, 8}) {
    FrameJob job = frame(index);
    job.work.make<FaceWork>().fallback = "fp32 on cpu";
    note.note(job);
  }
  EXPECT_EQ(note.text(),
            "from frame 7 on the processor restored faces, because the device's memory ran out: fp32 on cpu");
}

TEST(FallbackNote, SaysBothOfFacesAndOfPictures) {
  FallbackNote note;
  FrameJob first = frame(3), second = frame(5);
  first.work.make<PictureFallback>().by = "reel on cpu";
  second.work.make<PictureFallback>().by = "reel on cpu";
  second.work.make<FaceWork>().fallback = "fp32 on cpu";
  note.note(first);
  note.note(second);
  EXPECT_EQ(note.text(),
            "from frame 5 on the processor restored faces, because the device's memory ran out: fp32 on cpu; from "
            "frame 3 on the processor restored whole pictures, because the device's memory ran out: reel on cpu");
}

}  // namespace
}  // namespace reelface
