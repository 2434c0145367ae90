// SPDX-License-Identifier: Apache-2.0
#include "reelface/restore/track_report.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

TEST(FailedFaces, AreToldOnlyWhereThereAreSome) {
  FaceCount faces;
  faces.seen = 3;
  EXPECT_EQ(failed_faces_text(faces), "");
  faces.failed = 1;
  EXPECT_EQ(failed_faces_text(faces), "the network gave no picture of 1 face, which was left as it is");
  faces.failed = 2;
  EXPECT_EQ(failed_faces_text(faces),
            "the network gave no picture of 2 faces, counted in every frame; they were left as they are");
}

TEST(FacesOfTracks, AddUp) {
  TrackReport first, second;
  first.frames = 10, first.restored = 6, first.failed = 1, first.held_back = {{"size", 2}, {"pose", 1}};
  second.frames = 5, second.restored = 5, second.held_back = {{"size", 3}};
  const FaceCount faces = faces_of({first, second});
  EXPECT_EQ(faces.seen, 15);
  EXPECT_EQ(faces.restored, 11);
  EXPECT_EQ(faces.failed, 1);
  EXPECT_EQ(faces.held_back, (std::map<std::string, std::int64_t>{{"size", 5}, {"pose", 1}}));
}

}  // namespace
}  // namespace reelface
