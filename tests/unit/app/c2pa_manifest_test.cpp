// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "app/provenance_file.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

ChangedStretch stretch(std::int64_t first, std::int64_t last, SampleArea area) {
  ChangedStretch made;
  made.first_frame = first;
  made.last_frame = last;
  made.changes.faces[7] = {area, 0.5, 1};
  return made;
}

Treatment faces_by(const std::string& model, bool invents) {
  return {Treatment::Kind::kFaces, "faces restored", UsedModel{model, "abc", invents}, "100"};
}

Json actions_of(const Provenance& provenance, const ChangeTotals& totals) {
  const Json manifest = c2pa_manifest("in/old.mkv", "out/new.mp4", provenance, totals, {200, 100});
  return manifest.at("assertions").at(0).at("data").at("actions");
}

TEST(C2paManifest, TellsWhichFramesOfATrackAndWhere) {
  ChangeTotals totals;
  totals.include(stretch(3, 10, {20, 10, 60, 30}));
  totals.include(stretch(11, 12, {40, 10, 80, 35}));
  const Json actions = actions_of({{faces_by("faithful", false)}}, totals);
  ASSERT_EQ(actions.size(), 3U) << "opened, edited, transcoded";
  const Json change = actions.at(1).at("changes").at(0);
  EXPECT_EQ(change.at("region").at(0).at("frame"), Json({{"start", 3}, {"end", 12}}));
  const Json shape = change.at("region").at(1).at("shape");
  EXPECT_EQ(shape.at("origin"), Json({{"x", 10.0}, {"y", 10.0}}));
  EXPECT_EQ(shape.at("width"), 30.0);
  EXPECT_EQ(shape.at("height"), 25.0);
  EXPECT_EQ(change.at("description"), "track 7");
}

TEST(C2paManifest, WhatWasAskedForButNotDoneIsNoAction) {
  const Provenance provenance{{{Treatment::Kind::kSteadied, "steadied", {}, {}}, faces_by("faithful", false)}};
  EXPECT_EQ(actions_of(provenance, {}).size(), 2U);
}

TEST(C2paManifest, SaysWhichActionsInvent) {
  ChangeTotals totals;
  totals.include(stretch(0, 1, {0, 0, 10, 10}));
  totals.whole["cleaned"].frames = 5;
  const Provenance provenance{
      {{Treatment::Kind::kCleaned, "cleaned", UsedModel{"reel", "d", false}, "auto"}, faces_by("gfpgan-1.4", true)}};
  const Json actions = actions_of(provenance, totals);
  const auto ends_with = [](const std::string& text, const std::string& ending) {
    return text.substr(text.size() - ending.size()) == ending;
  };
  EXPECT_TRUE(ends_with(actions.at(1).at("digitalSourceType"), "/algorithmicallyEnhanced"));
  EXPECT_TRUE(ends_with(actions.at(2).at("digitalSourceType"), "/compositeWithTrainedAlgorithmicMedia"));
  EXPECT_TRUE(ends_with(provenance.digital_source_type(), "/compositeWithTrainedAlgorithmicMedia"));
}

}  // namespace
}  // namespace reelface
