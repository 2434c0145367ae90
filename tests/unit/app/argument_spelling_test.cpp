// SPDX-License-Identifier: Apache-2.0
#include "app/argument_spelling.h"

#include <gtest/gtest.h>

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

TEST(UnifySpelling, TakesFfmpegsWordsFromTheTable) {
  EXPECT_EQ(
      unify_spelling({"-vcodec", "-b:v", "-preset", "-ss", "-to", "-pix_fmt", "-an", "-sn", "-hwaccel", "-threads"}),
      (Words{"--video-codec", "--bit-rate", "--preset", "--ss", "--to", "--pix-fmt", "--no-audio", "--no-subtitles",
             "--hwaccel", "--threads"}));
}

}  // namespace
}  // namespace reelface
