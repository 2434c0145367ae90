// SPDX-License-Identifier: Apache-2.0
#include "evidence/compare_videos.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "evidence/comparison_output.h"
#include "reelface/core/error.h"
#include "support/rgb_sample.h"
#include "support/temporary_folder.h"
#include "test_clip.h"

namespace reelface {
namespace {

using namespace testing;

class CompareVideos : public ::testing::Test {
 protected:
  std::string file(const std::string& name) const { return folder_.file(name); }

  /// A picture that moves: a still one has no offset.
  void make_moving(const std::string& name, const std::string& more = "", const std::string& codec = "-c:v ffv1") {
    run_ffmpeg("-f lavfi -i \"testsrc2=s=176x144:r=25:d=1.2\" -vf \"rotate=0.3*t,format=yuv420p" + more + "\" " +
               codec + " " + file(name));
  }

  Comparison compare(const std::string& restored, const std::string& reference, const std::string& input = "") const {
    CompareOptions options;
    options.restored = file(restored);
    if (!reference.empty()) options.reference = file(reference);
    if (!input.empty()) options.input = file(input);
    return compare_videos(options);
  }

  TemporaryFolder folder_;
};

TEST_F(CompareVideos, EqualFilesArePerfect) {
  make_moving("clean.mkv");
  const Comparison same = compare("clean.mkv", "clean.mkv");
  EXPECT_EQ(same.frames, 30);
  EXPECT_TRUE(std::isinf(same.restored.psnr_luma));
  EXPECT_EQ(same.restored.ssim, 1);
  EXPECT_EQ(same.restored.motion_difference, 0);
  EXPECT_TRUE(same.warnings.empty());
  EXPECT_TRUE(same.luma_as_stored);
  EXPECT_FALSE(same.input);
  EXPECT_FALSE(same.pictures.empty());
  EXPECT_NE(comparison_json(same).find("\"psnr_luma\": \"inf\""), std::string::npos);
}

TEST_F(CompareVideos, AgreesWithFfmpeg) {
  make_moving("clean.mkv");
  make_moving("bad.mkv", ",noise=alls=12:allf=t");
  const Comparison comparison = compare("bad.mkv", "clean.mkv");
  EXPECT_NEAR(comparison.restored.psnr_luma, ffmpeg_psnr(file("bad.mkv"), file("clean.mkv")), 0.01);
}

TEST_F(CompareVideos, HoldsTwoSizesAgainstEachOther) {
  make_moving("clean.mkv");
  make_moving("small.mkv", ",scale=88:72:flags=area");
  make_moving("blurred.mkv", ",scale=88:72:flags=area,scale=176:144:flags=lanczos");
  const Comparison comparison = compare("blurred.mkv", "clean.mkv", "small.mkv");
  EXPECT_EQ(comparison.width, 176);
  ASSERT_TRUE(comparison.input);
  EXPECT_NEAR(comparison.input->psnr_luma, comparison.restored.psnr_luma, 0.3) << "enlarged alike";
  ASSERT_EQ(comparison.warnings.size(), 1U);
  EXPECT_NE(comparison.warnings.front().find("small.mkv is 88x72 and was resized to 176x144"), std::string::npos);

  const Comparison unreferenced = compare("clean.mkv", "", "small.mkv");
  EXPECT_EQ(unreferenced.width, 176) << "without a clean film, the size of the restored one";
  ASSERT_FALSE(unreferenced.pictures.empty());
  EXPECT_EQ(unreferenced.pictures.front().reference.width, unreferenced.pictures.front().restored.width);
}

TEST_F(CompareVideos, AnotherShapeIsRefused) {
  make_moving("clean.mkv");
  make_moving("squeezed.mkv", ",scale=88:144");
  EXPECT_THROW(compare("squeezed.mkv", "clean.mkv"), Error);
}

TEST_F(CompareVideos, TellsBetterFromWorse) {
  make_moving("clean.mkv");
  make_moving("bad.mkv", ",noise=alls=30:allf=t");
  make_moving("better.mkv", ",noise=alls=8:allf=t");
  const Comparison comparison = compare("better.mkv", "clean.mkv", "bad.mkv");
  ASSERT_TRUE(comparison.input);
  EXPECT_GT(comparison.restored.psnr_luma, comparison.input->psnr_luma + 6);
  EXPECT_GT(comparison.restored.ssim, comparison.input->ssim);
  EXPECT_LT(comparison.restored.warping_error, comparison.input->warping_error);
  EXPECT_LT(comparison.restored.flicker, comparison.input->flicker);
  EXPECT_LT(comparison.reference_warping_error, comparison.restored.warping_error);
}

TEST_F(CompareVideos, FindsAConstantOffset) {
  make_moving("clean.mkv");
  run_ffmpeg("-i " + file("clean.mkv") + " -vf trim=start_frame=3,setpts=PTS-STARTPTS -c:v ffv1 " + file("ahead.mkv"));
  run_ffmpeg("-i " + file("clean.mkv") + " -vf tpad=start=2:start_mode=clone -c:v ffv1 " + file("behind.mkv"));
  run_ffmpeg("-i " + file("clean.mkv") + " -vf trim=start_frame=1,setpts=PTS-STARTPTS -c:v ffv1 " + file("one.mkv"));
  for (const auto& [name, words] :
       {std::pair{"ahead.mkv", "3 frames ahead"}, {"behind.mkv", "2 frames behind"}, {"one.mkv", "is 1 frame ahead"}}) {
    const Comparison comparison = compare(name, "clean.mkv");
    ASSERT_FALSE(comparison.warnings.empty()) << name;
    EXPECT_NE(comparison.warnings[0].find(words), std::string::npos) << comparison.warnings[0];
    EXPECT_TRUE(std::isinf(comparison.restored.psnr_luma)) << name;
  }
}

TEST_F(CompareVideos, MissingFramesAreCountedAndTheRestStaysAligned) {
  make_moving("clean.mkv");
  run_ffmpeg("-i " + file("clean.mkv") + " -vf \"select='not(between(n,10,12))'\" -fps_mode passthrough -c:v ffv1 " +
             file("gap.mkv"));
  const Comparison comparison = compare("gap.mkv", "clean.mkv");
  EXPECT_EQ(comparison.frames, 27);
  ASSERT_EQ(comparison.warnings.size(), 1U);
  EXPECT_EQ(comparison.warnings[0].substr(0, 2), "3 ");
  EXPECT_TRUE(std::isinf(comparison.restored.psnr_luma));
}

TEST_F(CompareVideos, OtherDepthGoesByWayOfRgb) {
  make_moving("clean.mkv");
  make_moving("ten.mkv", ",format=yuv420p10le");
  const Comparison comparison = compare("ten.mkv", "clean.mkv");
  EXPECT_FALSE(comparison.luma_as_stored);
  EXPECT_GT(comparison.restored.psnr_luma, 50);
}

TEST_F(CompareVideos, CutsDoNotCountAsFlicker) {
  run_ffmpeg(
      "-f lavfi -i \"testsrc2=s=160x120:r=25:d=0.4[a];smptebars=s=160x120:r=25:d=0.4[b];[a][b]concat\" -c:v ffv1 " +
      file("cut.mkv"));
  const Comparison comparison = compare("cut.mkv", "cut.mkv");
  EXPECT_EQ(comparison.cuts, 1);
  EXPECT_LT(comparison.reference_warping_error, 50);
}

TEST_F(CompareVideos, FacesFromAFile) {
  make_moving("clean.mkv");
  make_moving("bad.mkv", ",noise=alls=12:allf=t");
  std::ofstream(file("tracks.json")) << R"({"tracks":[{"id":4,"faces":[{"frame":0,"box":[20,20,60,60]},
    {"frame":1,"box":[21,20,60,60]},{"frame":2,"box":[22,20,60,60]}]}]})";
  CompareOptions options;
  options.restored = file("bad.mkv");
  options.reference = file("clean.mkv");
  options.faces = read_face_regions(file("tracks.json"));
  std::string csv = csv_heading(false);
  options.on_row = [&](const ComparisonRow& row) { csv += csv_line(row, false); };
  const Comparison comparison = compare_videos(options);
  EXPECT_EQ(comparison.frames_with_faces, 3);
  EXPECT_NEAR(comparison.restored.face_psnr, comparison.restored.psnr_luma, 4);
  EXPECT_GT(comparison.restored.face_warping_error, 0);
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 31);
  EXPECT_NE(csv.find("\n2,0.080000,0,1,"), std::string::npos) << csv.substr(0, 900);

  std::ofstream(file("broken.json")) << R"({"tracks":[{"id":4,"faces":[{"frame":0,"box":[20,20,60]}]}]})";
  EXPECT_THROW(read_face_regions(file("broken.json")), Error);
  EXPECT_THROW(read_face_regions(file("none.json")), Error);
}

TEST_F(CompareVideos, WithoutAReferenceTheInputIsWhatCounts) {
  make_moving("bad.mkv", ",noise=alls=30:allf=t");
  run_ffmpeg("-i " + file("bad.mkv") + " -vf atadenoise=0a=0.3:0b=1,format=yuv420p -c:v ffv1 " + file("better.mkv"));
  const Comparison comparison = compare("better.mkv", "", "bad.mkv");
  EXPECT_FALSE(comparison.has_reference);
  ASSERT_TRUE(comparison.input);
  EXPECT_TRUE(std::isnan(comparison.input->psnr_luma)) << "nothing to hold the input against";
  EXPECT_GT(comparison.restored.psnr_luma, 15);
  EXPECT_LT(comparison.restored.warping_error, 0.8 * comparison.input->warping_error);
  EXPECT_LT(comparison.restored.flicker, comparison.input->flicker);
  ASSERT_EQ(comparison.warnings.size(), 1U);
  EXPECT_NE(comparison.warnings[0].find("Without a clean film"), std::string::npos);
  const ReportData report = comparison_report(comparison);
  EXPECT_EQ(report.pairs[0].before_label, "Input");
  EXPECT_TRUE(report.pairs[0].reference.empty());
  EXPECT_NE(comparison_json(comparison).find("\"reference_file\": null"), std::string::npos);
  EXPECT_THROW(compare("better.mkv", ""), Error) << "with neither";
}

TEST_F(CompareVideos, BasicMeasuresAreTheSameFigures) {
  make_moving("clean.mkv");
  make_moving("bad.mkv", ",noise=alls=12:allf=t");
  const Comparison all = compare("bad.mkv", "clean.mkv");
  CompareOptions options;
  options.restored = file("bad.mkv");
  options.reference = file("clean.mkv");
  options.measures = MeasureSet::kBasic;
  const Comparison basic = compare_videos(options);
  EXPECT_EQ(basic.restored.psnr_luma, all.restored.psnr_luma);
  EXPECT_EQ(basic.restored.ssim, all.restored.ssim);
  EXPECT_TRUE(std::isnan(basic.restored.warping_error));
  EXPECT_TRUE(std::isnan(basic.restored.ms_ssim));
  EXPECT_FALSE(basic.pictures.empty());
}

/// Faces that stand still in the reference and tremble elsewhere.
class TremblingFaces : public FaceRegions {
 public:
  std::vector<RegionFace> faces(std::int64_t, const Frame&) override { return {{3, {40, 40, 50, 60}, points(0)}}; }

  std::vector<std::optional<FacePoints>> points_in(const Frame& other, const std::vector<RegionFace>&) const override {
    const auto frame = static_cast<std::int64_t>(std::lround(seconds(other.facts().pts, other.facts().time_base) * 25));
    return {points(frame % 2 == 0 ? 1.0F : -1.0F)};
  }

 private:
  static FacePoints points(float shift) {
    FacePoints result;
    for (Point& point : result) point = {50 + shift, 60};
    return result;
  }
};

TEST_F(CompareVideos, TremblingOfFacesIsAShareOfTheirWidth) {
  make_moving("clean.mkv");
  CompareOptions options;
  options.restored = options.reference = options.input = file("clean.mkv");
  options.faces = std::make_shared<TremblingFaces>();
  const Comparison comparison = compare_videos(options);
  EXPECT_NEAR(comparison.restored.face_jitter, 100 * 4.0 / 50, 1e-6);
  EXPECT_NEAR(comparison.input->face_jitter, 100 * 4.0 / 50, 1e-6);
  EXPECT_EQ(comparison.reference_face_jitter, 0);
  ASSERT_EQ(comparison.face_series.tracks, (std::vector<std::int64_t>{3}));
}

/// Knows people by their brightness: black is 2 away from white.
class BrightnessDescriptor : public FaceDescriptor {
 public:
  int crop_size() const override { return 30; }
  std::vector<FaceDescription> describe(const std::vector<RgbViewF>& crops) const override {
    std::vector<FaceDescription> descriptions;
    for (const RgbViewF& crop : crops) {
      descriptions.push_back({});
      descriptions.back()[0] = 2 * sample_at(crop, 15, 15);
    }
    return descriptions;
  }
};

/// One face in the left half, then the same face under another number, and another face in the right half all the time.
class TwoPeople : public FaceRegions {
 public:
  std::vector<RegionFace> faces(std::int64_t frame, const Frame&) override {
    return {{frame < 15 ? 1 : 2, {20, 40, 50, 60}, points(44)}, {5, {110, 40, 50, 60}, points(132)}};
  }

 private:
  static FacePoints points(float x) { return {{{x - 10, 60}, {x + 10, 60}, {x, 72}, {x - 8, 84}, {x + 8, 84}}}; }
};

TEST_F(CompareVideos, TellsHowFarFacesAreFromThemselves) {
  const auto make = [&](const std::string& name, const std::string& left) {
    run_ffmpeg("-f lavfi -i color=c=0x404040:s=88x144:r=25:d=1.2 -f lavfi -i color=c=0xc0c0c0:s=88x144:r=25:d=1.2 " +
               std::string("-filter_complex \"[0:v]format=gbrp") + left +
               "[a];[1:v]format=gbrp[b];[a][b]hstack\" -c:v ffv1 " + file(name));
  };
  make("clean.mkv", "");
  make("input.mkv", ",lutrgb=r=val+32:g=val+32:b=val+32");
  make("restored.mkv", ",lutrgb=r=val+16:g=val+16:b=val+16");
  CompareOptions options;
  options.restored = file("restored.mkv");
  options.reference = file("clean.mkv");
  options.input = file("input.mkv");
  options.faces = std::make_shared<TwoPeople>();
  options.descriptor = std::make_shared<BrightnessDescriptor>();
  int measured_rows = 0;
  options.on_row = [&](const ComparisonRow& row) { measured_rows += std::isnan(row.restored.identity) ? 0 : 1; };
  const Comparison comparison = compare_videos(options);
  EXPECT_EQ(measured_rows, 3);  // frames 0, 10 and 20
  ASSERT_EQ(comparison.identities.size(), 3U);
  for (const FaceIdentity& face : comparison.identities) {
    EXPECT_NEAR(face.restored, face.track == 5 ? 0 : 2 * 16 / 255.0, 0.003) << face.track;
    EXPECT_NEAR(face.input, face.track == 5 ? 0 : 2 * 32 / 255.0, 0.003) << face.track;
    EXPECT_EQ(face.person, face.track == 5 ? 2 : 1);
  }
  EXPECT_NEAR(comparison.restored.face_identity, 16 / 255.0, 0.003);
  const std::vector<FaceIdentity> people = people_of(comparison.identities);
  ASSERT_EQ(people.size(), 2U);
  EXPECT_EQ(people[0].measured, 3);
  EXPECT_NEAR(people[0].restored, 2 * 16 / 255.0, 0.003);
  EXPECT_NE(comparison_table(comparison).find("Person 2: distance from itself"), std::string::npos);
  EXPECT_NE(comparison_json(comparison).find("\"people\""), std::string::npos);
  const ReportData report = comparison_report(comparison);
  const auto has_title = [](const auto& part) { return part.title == "Distance of the faces from themselves"; };
  EXPECT_EQ(std::count_if(report.charts.begin(), report.charts.end(), has_title), 1);

  options.reference.clear();  // then it is held against the input
  options.faces = std::make_shared<TwoPeople>();
  const Comparison changed = compare_videos(options);
  EXPECT_NEAR(changed.restored.face_identity, 16 / 255.0, 0.003);
}

TEST_F(CompareVideos, KeepsAUsualTheWorstAndTheBestFrame) {
  make_moving("clean.mkv");
  // Bad everywhere, worse in frame 7, good in frame 21.
  run_ffmpeg("-i " + file("clean.mkv") + " -vf \"eq=brightness='if(eq(n,7),0.4,if(eq(n,21),0,0.1))':eval=frame\"" +
             " -c:v ffv1 " + file("bad.mkv"));
  const Comparison comparison = compare("bad.mkv", "clean.mkv");
  EXPECT_EQ(comparison.worst_frame, 7);
  ASSERT_EQ(comparison.pictures.size(), 6U);
  EXPECT_EQ(comparison.pictures[0].why, "Usual");
  EXPECT_EQ(comparison.pictures[1].why, "Worst");
  EXPECT_EQ(comparison.pictures[1].frame, 7);
  EXPECT_EQ(comparison.pictures[2].why, "Best");
  EXPECT_EQ(comparison.pictures[2].frame, 21);
  EXPECT_EQ(comparison.pictures[5].why, "");
}

TEST_F(CompareVideos, TheTableAndTheReportHoldTheFigures) {
  make_moving("clean.mkv");
  make_moving("bad.mkv", ",noise=alls=30:allf=t");
  make_moving("better.mkv", ",noise=alls=8:allf=t");
  const Comparison comparison = compare("better.mkv", "clean.mkv", "bad.mkv");
  const std::string table = comparison_table(comparison);
  EXPECT_NE(table.find("PSNR, luma, dB"), std::string::npos) << table;
  EXPECT_EQ(table.find("Faces"), std::string::npos) << "nothing was measured of faces";
  EXPECT_NE(table.find("better"), std::string::npos) << table;
  EXPECT_NE(table.find("higher"), std::string::npos) << table;
  const ReportData report = comparison_report(comparison);
  ASSERT_EQ(report.pairs.size(), 6U);
  EXPECT_EQ(report.pairs[5].title.rfind("Frame ", 0), 0U) << report.pairs[5].title;
  EXPECT_FALSE(report.pairs[0].reference.empty());
  EXPECT_GE(report.charts.size(), 5U);
  EXPECT_EQ(report.headlines[0].tone, ReportTone::kGood);
  EXPECT_EQ(report.tables[0].rows[0].size(), report.tables[0].columns.size());
}

}  // namespace
}  // namespace reelface
