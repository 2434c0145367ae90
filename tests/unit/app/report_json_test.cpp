// SPDX-License-Identifier: Apache-2.0
#include "app/report_json.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

nlohmann::ordered_json first_track_of(const TrackReport& track) {
  RestoreReport report;
  report.tracks = {track};
  return to_json(report, RestoreOptions()).at("tracks").at(0);
}

TEST(ReportJson, TellsOfIdentityOnlyWhatWasMeasured) {
  TrackReport track;
  const auto unknown = first_track_of(track).at("identity");
  EXPECT_EQ(unknown.size(), 1U);
  EXPECT_EQ(unknown.at("measured"), 0);
  track.identity = {7, 0.25, 0.125, 0.5, 0.75};
  const auto known = first_track_of(track).at("identity");
  EXPECT_EQ(known.at("measured"), 7);
  EXPECT_EQ(known.at("distance_before"), 0.25);
  EXPECT_EQ(known.at("distance_after"), 0.125);
  EXPECT_EQ(known.at("expected"), 0.5);
  EXPECT_EQ(known.at("strength"), 0.75);
}

TEST(ReportJson, TellsLightInLevels) {
  TrackReport track;
  EXPECT_TRUE(first_track_of(track).at("light").is_null());
  track.light = {5, 0.2, 0.6};
  const auto light = first_track_of(track).at("light");
  EXPECT_DOUBLE_EQ(light.at("skin_before"), 51);
  EXPECT_DOUBLE_EQ(light.at("skin_after"), 153);
}

}  // namespace
}  // namespace reelface
