// SPDX-License-Identifier: Apache-2.0
#include "studio/asked.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "reelface/core/error.h"
#include "support/generated_media.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

TEST(Asked, AFrameWithSettings) {
  const AskedFrame asked = asked_frame(R"({"film": 3, "frame": 120, "settings": {"strength": 80, "for": "film"}})");
  EXPECT_EQ(asked.film, 3);
  EXPECT_EQ(asked.frame, 120);
  EXPECT_EQ(asked.settings, (SpelledOptions{{"strength", {"80"}}, {"for", {"film"}}}));
  EXPECT_TRUE(asked_frame(R"({"film": 0, "frame": 0})").settings.empty());
}

TEST(Asked, APhoto) {
  const AskedPhoto asked = asked_photo(R"({"film": 3, "photo": "/9j/"})");
  EXPECT_EQ(asked.film, 3);
  EXPECT_EQ(asked.jpeg, "\xff\xd8\xff");
  for (const char* body :
       {"{}", R"({"film": 3})", R"({"film": 3, "photo": 1})", R"({"film": 3, "photo": "Zm9v"})",
        R"({"film": 3, "photo": "/9j"})", R"({"film": 3, "photo": "/9j/", "x": 1})", R"({"photo": "/9j/"})"})
    EXPECT_THROW(asked_photo(body), Error) << body;
}

TEST(Asked, SomePeople) {
  const AskedFrame asked = asked_frame(R"({"film": 3, "frame": 1, "people": {"only": [2, 5]}})");
  EXPECT_EQ(asked.people.only, (std::vector<std::int64_t>{2, 5}));
  EXPECT_TRUE(asked.people.except.empty());
  EXPECT_FALSE(asked.people.are_all());
  EXPECT_TRUE(asked_frame(R"({"film": 3, "frame": 1, "people": {}})").people.are_all());
  EXPECT_EQ(asked_job(R"({"film": 3, "output": "x", "people": {"except": [7]}})").people.except,
            (std::vector<std::int64_t>{7}));
  for (const char* people :
       {"1", "[1]", R"({"only": 1})", R"({"only": [-1]})", R"({"only": ["1"]})", R"({"some": [1]})"})
    EXPECT_THROW(asked_frame(std::string(R"({"film": 3, "frame": 1, "people": )") + people + "}"), Error) << people;
}

TEST(Asked, AFrameAndAJobWithSegments) {
  const std::string segments = R"([{"frames": [0, 5], "fade": 3, "settings": {"strength": 80, "neutral": false}},
                                   {"frames": [5, 9], "settings": {"strength": 10}}])";
  const AskedFrame asked = asked_frame(R"({"film": 3, "frame": 120, "segments": )" + segments + "}");
  ASSERT_EQ(asked.segments.size(), 2u);
  EXPECT_EQ(asked.segments[0], (FilmSegment{0, 5, 3, {{"strength", {"80"}}, {"neutral", {"false"}}}}));
  EXPECT_EQ(asked_job(R"({"film": 3, "output": "x.mkv", "segments": )" + segments + "}").segments, asked.segments);
}

TEST(Asked, EverythingElseIsRefused) {
  const std::string deep = std::string(5000, '[') + std::string(5000, ']');
  for (const std::string& body : {std::string(),
                                  std::string("{"),
                                  std::string("[]"),
                                  std::string("1"),
                                  std::string("{}"),
                                  std::string(R"({"film": 1})"),
                                  std::string(R"({"film": -1, "frame": 0})"),
                                  std::string(R"({"film": 1, "frame": -1})"),
                                  std::string(R"({"film": 1, "frame": 1.5})"),
                                  std::string(R"({"film": 1, "frame": "1"})"),
                                  std::string(R"({"film": 1, "frame": 18446744073709551615})"),
                                  std::string(R"({"film": 1, "frame": 9223372036854775807})"),
                                  std::string(R"({"film": 1, "film": 2, "frame": 0})"),
                                  std::string(R"({"film": 1, "frame": 0, "more": 1})"),
                                  std::string(R"({"film": 1, "frame": 0, "settings": 1})"),
                                  std::string(R"({"film": 1, "frame": 0, "settings": {"none": 1}})"),
                                  std::string(R"({"film": 1, "frame": 0, "settings": {"strength": 101}})"),
                                  std::string(R"({"film": 1, "frame": 0, "settings": {"input": "x"}})"),
                                  std::string(R"({"film": 1, "frame": 0, "settings": {"output": "x"}})"),
                                  std::string(R"({"film": 1, "frame": 0, "settings": {"ss": 1}})"),
                                  std::string(R"({"film": 1, "frame": 0, "settings": {"model": "\u0000"}})"),
                                  std::string(R"({"film": 1, "frame": 0, "segments": 1})"),
                                  std::string(R"({"film": 1, "frame": 0, "segments": [1]})"),
                                  std::string(R"({"film": 1, "frame": 0, "segments": [{"frames": [5, 5]}]})"),
                                  std::string(R"({"film": 1, "frame": 0, "segments": [{"frames": [0, 5], "x": 1}]})"),
                                  R"({"film": 1, "frame": 0, "segments": )" + deep + "}",
                                  R"({"film": 1, "frame": 0, "settings": )" + deep + "}",
                                  deep})
    EXPECT_THROW(asked_frame(body), Error) << body.substr(0, 100);
}

TEST(Asked, APath) {
  EXPECT_EQ(asked_path(R"({"path": "films/b.mkv"})"), "films/b.mkv");
  for (const char* body :
       {"{}", R"({"path": 1})", R"({"path": "a", "path": "b"})", R"({"path": "a", "x": 1})", "\"a\""})
    EXPECT_THROW(asked_path(body), Error) << body;
}

TEST(Asked, AJob) {
  const AskedJob asked = asked_job(R"({"film": 2, "output": "films/new.mkv", "settings": {"strength": 80}})");
  EXPECT_EQ(asked.film, 2);
  EXPECT_EQ(asked.output, "films/new.mkv");
  EXPECT_EQ(asked.settings, (SpelledOptions{{"strength", {"80"}}}));
  for (const char* body :
       {"{}", R"({"film": 2})", R"({"film": 2, "output": 1})", R"({"film": 2, "output": "a", "words": "-y"})"})
    EXPECT_THROW(asked_job(body), Error) << body;
}

TEST(Asked, AnAction) {
  EXPECT_EQ(asked_action(R"({"job": 3, "action": "go on"})").action, JobAction::kGoOn);
  EXPECT_EQ(asked_action(R"({"job": 3, "action": "compare"})").action, JobAction::kCompare);
  EXPECT_EQ(asked_action(R"({"job": 3, "action": "stop"})").job, 3);
  for (const char* body :
       {"{}", R"({"job": 3})", R"({"job": 3, "action": "kill"})", R"({"job": -3, "action": "stop"})"})
    EXPECT_THROW(asked_action(body), Error) << body;
}

TEST(Asked, FilesOfSettingsAreInTheFolder) {
  const testing::TemporaryFolder folder;
  std::filesystem::create_directory(folder.file("root"));
  testing::write_file(folder.file("root/own.safetensors"), "x");
  testing::write_file(folder.file("outside.safetensors"), "x");
  const RootFolder root(folder.file("root"));
  const auto model = [&root](const std::string& name) {
    return options_for("film.mkv", {{"model", {name}}}, root).model.model;
  };
  EXPECT_EQ(model("faithful"), "faithful");
  EXPECT_EQ(model("none"), "none");
  EXPECT_EQ(model("own.safetensors"), root.path() + "/own.safetensors");
  for (const std::string& name : {std::string("../outside.safetensors"), folder.file("outside.safetensors"),
                                  std::string("/etc/passwd"), std::string("missing.pth")})
    EXPECT_THROW(model(name), Error) << name;
  EXPECT_THROW(options_for("film.mkv", {{"keep-repairs", {"/etc/passwd"}}, {"repair", {"on"}}}, root), Error);
}

TEST(Asked, OptionsThatContradictEachOtherAreRefused) {
  const testing::TemporaryFolder folder;
  const RootFolder root(folder.path().string());
  EXPECT_THROW(options_for("film.mkv", {{"grain", {"keep"}}}, root), Error);
  EXPECT_EQ(options_for("film.mkv", {{"grain", {"keep"}}, {"clean", {"auto"}}}, root).film.grain, FilmGrain::kKeep);
}

}  // namespace
}  // namespace reelface
