// SPDX-License-Identifier: Apache-2.0
#include "app/report_warnings.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

RestoreReport report_of(const std::vector<TrackReport>& tracks) {
  RestoreReport report;
  report.model = "window network";
  report.tracks = tracks;
  report.faces = faces_of(tracks);
  return report;
}

TrackReport untouched(const std::map<std::string, std::int64_t>& held_back) {
  TrackReport track;
  track.frames = 10;
  track.held_back = held_back;
  return track;
}

TEST(UntouchedFaces, TheReasonsAreTold) {
  EXPECT_EQ(untouched_faces_text(report_of({untouched({{"need", 8}, {"presence", 2}})})),
            "one face was found and left as it is: sharp or free of noise");
  const TrackReport sharp = untouched({{"need", 3}});
  EXPECT_EQ(untouched_faces_text(report_of({sharp, untouched({{"pose", 9}, {"need", 8}}), sharp})),
            "3 faces were found and left as they are: 2 sharp or free of noise, 1 turned away");
  const std::string doubtful = untouched_faces_text(report_of({sharp, untouched({{"confidence", 9}})}));
  EXPECT_NE(doubtful.find("--face-detector-score"), std::string::npos) << doubtful;
  EXPECT_NE(untouched_faces_text(report_of({})).find("no face was found"), std::string::npos);
}

TEST(UntouchedFaces, NothingIsToldWhereSomeWereRestoredOrNoneWanted) {
  TrackReport restored = untouched({{"need", 8}});
  restored.restored = 2;
  EXPECT_EQ(untouched_faces_text(report_of({restored, untouched({{"size", 8}})})), "");
  RestoreReport none = report_of({});
  none.model.clear();
  EXPECT_EQ(untouched_faces_text(none), "");
}

TEST(UntouchedFaces, AFilmMadeInPartsKnowsFacesButNoTracks) {
  RestoreReport report = report_of({});
  report.faces = {40, 0, 0, {{"need", 30}, {"pose", 10}}};
  EXPECT_EQ(untouched_faces_text(report),
            "the faces that were found were left as they are: most often sharp or free of noise");
  report.faces += {5, 1, 0, {}};
  EXPECT_EQ(untouched_faces_text(report), "");
}

TEST(ReportWarnings, HoldWhatTheRunSaidWhyFacesAreAsTheyWereAndWhatWasDamaged) {
  RestoreReport report = report_of({});
  report.warnings = {"the subtitles were left out"};
  report.degraded = true;
  report.damage.damaged_frames = 3;
  const std::vector<std::string> all = report_warnings(report, true);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0], "the subtitles were left out");
  EXPECT_NE(all[1].find("no face was found"), std::string::npos);
  EXPECT_NE(all[2].find("3 frames"), std::string::npos);
  EXPECT_EQ(report_warnings(report, false).size(), 2u) << "it does not know";
}

}  // namespace
}  // namespace reelface
