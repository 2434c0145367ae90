// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/face_stages.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "pipeline/restore/film_run.h"

namespace reelface {
namespace {

VideoInfo small_film() {
  VideoInfo video;
  video.width = 320;
  video.height = 240;
  video.layout = pixel_layout("yuv420p");
  video.frame_rate = {25, 1};
  return video;
}

LineOutline outline(const RestoreOptions& options) {
  return outline_of_restoring(options, small_film());
}

std::string names_of(const LineOutline& line) {
  std::string names;
  for (const StepOutline& step : line) names += (names.empty() ? "" : " ") + step.name;
  return names;
}

FrameFacts size_behind(const RestoreOptions& options) {
  FrameFacts facts;
  facts.width = 320;
  facts.height = 240;
  facts.layout = pixel_layout("yuv420p");
  return facts_behind(outline(options), facts);
}

TEST(FaceStages, OptionsDecideWhichStepsThereAre) {
  RestoreOptions options;
  EXPECT_EQ(names_of(outline(options)), "detect track align gather restore match recall blend paste repeat");
  options.faces.tracks_file = "not read for an outline.json";
  EXPECT_EQ(names_of(outline(options)), "track align gather restore match recall blend paste repeat");
  options.faces.tracks_file.clear();
  options.faces.reference_faces = {"not read either.jpg"};
  options.picture.overlay = Overlay::kTime;
  EXPECT_EQ(names_of(outline(options)),
            "detect track identify align gather restore match recall blend paste repeat time");
  options = {};
  options.model.aligned = true;
  EXPECT_EQ(names_of(outline(options)), "align gather restore paste repeat");
  options.model.model = "none";
  EXPECT_EQ(names_of(outline(options)), "");
  options.enlarge.factor = 2;
  EXPECT_EQ(names_of(outline(options)), "cuts upscale pictures around settle paste repeat");
  options.time.temporal = false;
  EXPECT_EQ(names_of(outline(options)), "cuts upscale paste repeat");
  options.enlarge.upscaler = "reel";
  EXPECT_EQ(names_of(outline(options)), "cuts frames around enlarge paste repeat");
  options.enlarge.upscaler = "lanczos";
  EXPECT_EQ(names_of(outline(options)), "paste repeat");
  options.enlarge.upscaler = "auto";
  options.model.model = "faithful";
  EXPECT_EQ(names_of(outline(options)), "align gather restore paste repeat") << "crops keep their size";
}

TEST(FaceStages, ScreensAreLeftWhereSomethingIsChanged) {
  const std::string faces = "detect track align gather restore match recall blend paste repeat";
  RestoreOptions options;
  options.film.keep_screens = true;
  EXPECT_EQ(names_of(outline(options)), "cuts layout " + faces) << "masks are kept out of them";
  options.film.kind = FilmKind::kCall;
  options.film.light = false;
  EXPECT_EQ(names_of(outline(options)), "cuts layout neighbours clean leave " + faces);
  options.enlarge.factor = 2;
  EXPECT_EQ(names_of(outline(options)), "cuts layout neighbours clean leave upscale pictures around settle " + faces);
  options = {};
  options.film.keep_screens = true;
  options.model.model = "none";
  EXPECT_EQ(names_of(outline(options)), "");
}

TEST(FaceStages, TilesAndLightAreOfPeople) {
  RestoreOptions options;
  options.film.tiles = true;
  EXPECT_EQ(names_of(outline(options)).rfind("cuts layout detect", 0), 0U);
  options.film.tiles = std::nullopt;
  options.film.kind = FilmKind::kCall;
  EXPECT_NE(names_of(outline(options)).find("track light relight align"), std::string::npos);
  options.model.model = "none";
  EXPECT_EQ(names_of(outline(options)), "cuts layout neighbours clean leave repeat") << "nobody is looked for";
}

TEST(FaceStages, EveryStepSaysWhatItIsThereFor) {
  for (const bool aligned : {false, true}) {
    RestoreOptions options;
    options.model.aligned = aligned;
    options.faces.reference_faces = {"photo.jpg"};
    options.picture.overlay = Overlay::kTime;
    for (const StepOutline& step : outline(options)) EXPECT_GE(step.needs.reason.size(), 10U) << step.name;
  }
}

TEST(FaceStages, SizeFollowsFromTheOptions) {
  RestoreOptions options;
  EXPECT_EQ(size_behind(options).width, 320);
  options.enlarge.factor = 3;
  EXPECT_EQ(size_behind(options).width, 960);
  EXPECT_EQ(size_behind(options).height, 720);
  options.picture.compare = CompareMode::kSide;
  EXPECT_EQ(size_behind(options).width, 1920);
  options.picture.compare = CompareMode::kSplit;
  EXPECT_EQ(size_behind(options).width, 960);
  options.model.aligned = true;
  EXPECT_EQ(size_behind(options).width, 320);
}

TEST(FaceStages, OnlyNetworksMakeWhatIsNoOriginal) {
  RestoreOptions options;
  EXPECT_TRUE(restores(outline(options)));
  options.model.model = "identity";
  EXPECT_FALSE(restores(outline(options)));
  options.model.model = "none";
  EXPECT_FALSE(restores(outline(options)));
}

TEST(FaceStages, OnlyAComparisonNeedsTheOriginal) {
  RestoreOptions options;
  const auto needs_original = [](const LineOutline& line) {
    std::string names;
    for (const StepOutline& step : line) names += step.needs.needs_original ? step.name : "";
    return names;
  };
  EXPECT_EQ(needs_original(outline(options)), "");
  options.picture.compare = CompareMode::kMask;
  EXPECT_EQ(needs_original(outline(options)), "paste");
}

TEST(FaceStages, WhoAFaceIsByAPhotoIsRememberedToTheCut) {
  RestoreOptions options;
  options.faces.reference_faces = {"photo.jpg"};
  EXPECT_TRUE(std::isinf(reach_back(outline(options)).seconds));
  EXPECT_GT(frames_around_cut(outline(options)), 0);
  options.time.shot_cuts = false;
  EXPECT_EQ(frames_around_cut(outline(options)), 0);
}

/// Both the guard and the choice by photo use the one descriptor.
TEST(FaceStages, ANetworkCountsOnce) {
  FrameFacts facts;
  RestoreOptions options;
  const std::int64_t guarded = bytes_of_steps(outline(options), facts, 0, 1);
  options.faces.reference_faces = {"photo.jpg"};
  EXPECT_EQ(bytes_of_steps(outline(options), facts, 0, 1), guarded);
  options.identity.guard = false;
  EXPECT_EQ(bytes_of_steps(outline(options), facts, 0, 1), guarded);
  options.faces.reference_faces.clear();
  EXPECT_LT(bytes_of_steps(outline(options), facts, 0, 1), guarded);
}

}  // namespace
}  // namespace reelface
