// SPDX-License-Identifier: Apache-2.0
#include "reelface/restore/film_tracks.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "pipeline/stages/replay_stage.h"
#include "reelface/core/error.h"
#include "reelface/restore/face_work.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

constexpr Rational kTimeBase{1, 12800};

FilmFacts facts() {
  FilmFacts film;
  film.name = "a \"film\".mkv";
  film.width = 640;
  film.height = 360;
  film.time_base = kTimeBase;
  film.window_seconds = 0.5;
  film.detector_score = 0.65;
  return film;
}

VideoInfo video() {
  VideoInfo info;
  info.width = 640;
  info.height = 360;
  info.time_base = kTimeBase;
  return info;
}

/// Numbers with every digit in use, as tracking makes them.
class Numbers {
 public:
  double wide() { return std::uniform_real_distribution<double>(-700, 700)(engine_); }
  float narrow() { return std::uniform_real_distribution<float>(-700, 700)(engine_); }
  double share() { return std::uniform_real_distribution<double>(0, 1)(engine_); }

 private:
  std::mt19937 engine_{7};
};

TrackedFace some_face(Numbers& numbers, std::int64_t track) {
  TrackedFace face;
  face.track_id = track;
  face.piece_id = track + 100;
  face.face.box = {numbers.narrow(), numbers.narrow(), numbers.narrow(), numbers.narrow()};
  for (Point& point : face.face.points) point = {numbers.narrow(), numbers.narrow()};
  face.face.score = numbers.narrow();
  face.interpolated = track % 2 == 1;
  face.alignment.to_template = {numbers.share(), numbers.wide(), numbers.wide(), numbers.wide()};
  for (Point& point : face.alignment.template_points) point = {numbers.narrow(), numbers.narrow()};
  face.alignment.residual_px = numbers.wide();
  face.size_px = numbers.wide();
  face.confidence = numbers.share();
  face.fade = numbers.share();
  return face;
}

FrameTracks some_frame(Numbers& numbers, std::int64_t index) {
  FrameTracks frame{index, numbers.wide(), index == 0, {}};
  for (std::int64_t track = 1; track <= index % 3; ++track) frame.faces.push_back(some_face(numbers, track));
  return frame;
}

/// Bit for bit, as far as pixels depend on it.
void expect_equal(const TrackedFace& one, const TrackedFace& other) {
  EXPECT_EQ(one.track_id, other.track_id);
  EXPECT_EQ(one.piece_id, other.piece_id);
  EXPECT_EQ(one.face.box.x, other.face.box.x);
  EXPECT_EQ(one.face.box.y, other.face.box.y);
  EXPECT_EQ(one.face.box.width, other.face.box.width);
  EXPECT_EQ(one.face.box.height, other.face.box.height);
  EXPECT_EQ(one.face.score, other.face.score);
  EXPECT_EQ(one.interpolated, other.interpolated);
  EXPECT_EQ(one.alignment.to_template.matrix(), other.alignment.to_template.matrix());
  EXPECT_EQ(one.alignment.residual_px, other.alignment.residual_px);
  EXPECT_EQ(one.size_px, other.size_px);
  EXPECT_EQ(one.confidence, other.confidence);
  EXPECT_EQ(one.fade, other.fade);
  for (std::size_t point = 0; point < 5; ++point) {
    EXPECT_EQ(one.face.points[point].x, other.face.points[point].x);
    EXPECT_EQ(one.face.points[point].y, other.face.points[point].y);
    EXPECT_EQ(one.alignment.template_points[point].x, other.alignment.template_points[point].x);
    EXPECT_EQ(one.alignment.template_points[point].y, other.alignment.template_points[point].y);
  }
}

class FilmTracksFile : public ::testing::Test {
 protected:
  std::string path() const { return (folder_.path() / "tracks.json").string(); }

  /// Frames at 0, 512, 1024 …
  std::vector<FrameTracks> write(std::int64_t count) {
    Numbers numbers;
    std::vector<FrameTracks> frames;
    FilmTracksWriter writer(path(), facts(), false);
    for (std::int64_t index = 0; index < count; ++index) {
      frames.push_back(some_frame(numbers, index));
      writer.write(512 * index, frames.back());
    }
    DescribedTrack known{1, 3, 0.75, {}, 61.0 / 3};
    for (float& number : known.description) number = numbers.narrow() / 1000;
    writer.finish({known, {2, 0, 0, {}, 0}});
    description_ = known.description;
    return frames;
  }

  testing::TemporaryFolder folder_;
  FaceDescription description_{};
};

TEST_F(FilmTracksFile, KeepsEveryNumberToTheLastBit) {
  const std::vector<FrameTracks> frames = write(50);
  const FilmTracks tracks = read_film_tracks(path());
  ASSERT_EQ(tracks.frames().size(), frames.size());
  for (std::size_t index = 0; index < frames.size(); ++index) {
    const FrameTracks* frame = tracks.at(512 * static_cast<std::int64_t>(index));
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->frame_index, frames[index].frame_index);
    EXPECT_EQ(frame->time_seconds, frames[index].time_seconds);
    EXPECT_EQ(frame->starts_shot, frames[index].starts_shot);
    ASSERT_EQ(frame->faces.size(), frames[index].faces.size());
    for (std::size_t face = 0; face < frame->faces.size(); ++face) {
      expect_equal(frame->faces[face], frames[index].faces[face]);
    }
  }
  EXPECT_FALSE(tracks.at(511));
  ASSERT_EQ(tracks.tracks().size(), 2u);
  EXPECT_EQ(tracks.tracks()[0].person, 3);
  EXPECT_EQ(tracks.tracks()[0].description, description_);
  EXPECT_EQ(tracks.tracks()[0].size_px, 61.0 / 3);
  EXPECT_EQ(tracks.tracks()[1].confidence, 0);
  EXPECT_EQ(tracks.film().time_base, kTimeBase);
}

TEST_F(FilmTracksFile, AnUnfinishedFileIsNotThere) {
  { FilmTracksWriter writer(path(), facts(), false); }
  EXPECT_FALSE(std::filesystem::exists(path()));
  EXPECT_THROW(read_film_tracks(path()), Error);
}

TEST_F(FilmTracksFile, WhatIsNoneIsRefused) {
  for (const char* text : {"", "{}", "[1, 2]", R"({"format":"reelface tracks","version":99,"frames":[],"tracks":[]})",
                           R"({"format":"reelface tracks","version":1,"frames":[{"pts":"x"}],"tracks":[]})",
                           R"({"format":"reelface tracks","version":1,"frames":[3],"tracks":[{"id":1}]})"}) {
    std::ofstream(path(), std::ios::trunc) << text;
    try {
      read_film_tracks(path());
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kUsage) << text;
      EXPECT_FALSE(error.advice().empty());
    }
  }
}

/// What no tracker gives overflows where a crop is found from it.
TEST_F(FilmTracksFile, FacesThatCannotBeAreRefused) {
  write(2);
  std::ifstream file(path());
  const std::string good((std::istreambuf_iterator<char>(file)), {});
  for (const auto& [name, wrong] : {std::pair{"\"alignment\":[", "1e300"},
                                    {"\"alignment\":[", "-13"},
                                    {"\"box\":[", "1e30"},
                                    {"\"points\":[", "-1e9"},
                                    {"\"size\":", "1e10"},
                                    {"\"fade\":", "1.5"},
                                    {"\"pts\":", "1e300"},
                                    {"\"track\":", "true"},
                                    {"\"width\":", "5000000000"},
                                    {"\"description\":[", "1e300"},
                                    {"\"confidence\":", "-0.1"}}) {
    std::string text = good;
    const std::size_t place = text.find(name) + std::string(name).size();
    ASSERT_NE(text.find(name), std::string::npos) << name;
    const std::size_t number = text[place] == '[' ? place + 1 : place;
    text.replace(number, text.find_first_of(",]}", number) - number, wrong);
    std::ofstream(path(), std::ios::trunc) << text;
    EXPECT_THROW(read_film_tracks(path()), Error) << name << wrong;
  }
  std::ofstream(path(), std::ios::trunc) << good;
  EXPECT_EQ(read_film_tracks(path()).frames().size(), 2u);
}

TEST_F(FilmTracksFile, AnotherFilmIsRefused) {
  write(1);
  const FilmTracks tracks = read_film_tracks(path());
  EXPECT_NO_THROW(require_same_film(tracks, "film.mkv", video()));
  VideoInfo other = video();
  other.width = 642;
  EXPECT_THROW(require_same_film(tracks, "film.mkv", other), Error);
  other = video();
  other.time_base = {1, 1000};
  EXPECT_THROW(require_same_film(tracks, "film.mkv", other), Error);
}

class NoStorage : public FrameStorage {
 public:
  Plane plane(int) const override { return {}; }
  void make_writable() override {}
  std::unique_ptr<FrameStorage> share() const override { return std::make_unique<NoStorage>(); }
};

FrameGroupPtr group_at(std::int64_t pts) {
  auto group = std::make_shared<FrameGroup>();
  FrameFacts frame;
  frame.pts = pts;
  frame.time_base = kTimeBase;
  frame.layout.editable = true;
  FrameJob job;
  job.frame.emplace(frame, std::make_unique<NoStorage>());
  group->jobs.push_back(std::move(job));
  return group;
}

TEST_F(FilmTracksFile, ReplayGivesAFrameItsFacesAlsoInARange) {
  const std::vector<FrameTracks> frames = write(6);
  const auto tracks = std::make_shared<const FilmTracks>(read_film_tracks(path()));
  const LookAhead replay =
      make_replay_stage(tracks, {}, std::int64_t{3} * 512);  // the range starts at the fourth frame
  EXPECT_EQ(replay.needs.groups_held, 0u);
  const std::vector<FrameGroupPtr> given = replay.stage->take(group_at(std::int64_t{2} * 512));
  ASSERT_EQ(given.size(), 1u);
  const FaceWork& work = *given[0]->jobs[0].work.get<FaceWork>();
  ASSERT_EQ(work.faces.size(), 2u);
  expect_equal(work.faces[1].track, frames[5].faces[1]);
  EXPECT_EQ(work.faces[1].track.selection, 1);
  EXPECT_EQ(work.time_seconds, seconds(std::int64_t{5} * 512, kTimeBase));
  EXPECT_THROW(replay.stage->take(group_at(100)), Error);
}

}  // namespace
}  // namespace reelface
