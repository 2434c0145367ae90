// SPDX-License-Identifier: Apache-2.0
#include "inference/store/model_manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "reelface/core/error.h"
#include "support/source_folder.h"

namespace reelface {
namespace {

const std::string kEntry =
    R"({"name":"a","task":"restore","traits":{"window":1,"invents":true,"works_on":"crops","scale":1},)"
    R"("file":"a.pth","description":"","input":"","licence":"MIT","embedded":false,)"
    R"("url":"https://example.org/a.pth","sha256":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"})";

std::string manifest_with(const std::string& entry) {
  return R"({"version":1,"models":[)" + entry + "]}";
}

std::string replaced(const std::string& what, const std::string& with) {
  std::string entry = kEntry;
  return entry.replace(entry.find(what), what.size(), with);
}

TEST(ModelManifest, OursNamesEveryModelOnce) {
  std::set<std::string> names;
  std::set<std::string> files;
  for (const ModelInfo& model : known_models()) {
    EXPECT_TRUE(names.insert(model.name).second) << model.name;
    EXPECT_TRUE(files.insert(model.file).second) << model.file;
    EXPECT_FALSE(model.input.empty()) << model.name;
    EXPECT_FALSE(model.description.empty()) << model.name;
  }
  for (const std::string name :
       {"faithful", "reel", "loupe", "compact", "spotter", "gfpgan-1.2", "gfpgan-1.3", "gfpgan-1.4", "yunet"}) {
    EXPECT_EQ(names.count(name), 1u) << name;
  }
}

TEST(ModelManifest, OursMatchesTheFilesThatComeWithIt) {
  int embedded = 0;
  for (const ModelInfo& model : known_models()) {
    if (!model.embedded) continue;
    ++embedded;
    const std::string path = testing::source_file("models/" + model.file);
    EXPECT_EQ(sha256_of_file(path), model.sha256) << model.name;
    EXPECT_EQ(std::filesystem::file_size(path), model.bytes) << model.name;
    EXPECT_TRUE(std::filesystem::exists(testing::source_file("models/" + model.name + ".md")))
        << model.name << " has no card";
  }
  EXPECT_EQ(embedded, 6);
}

TEST(ModelManifest, AcceptsAGoodEntry) {
  const std::vector<ModelInfo> models = parse_manifest(manifest_with(kEntry));
  ASSERT_EQ(models.size(), 1u);
  EXPECT_EQ(models[0].url, "https://example.org/a.pth");
  EXPECT_FALSE(models[0].bytes.has_value());
  ASSERT_TRUE(models[0].traits.has_value());
  EXPECT_TRUE(models[0].traits->invents);
  EXPECT_EQ(models[0].traits->works_on, WorksOn::kCrops);
}

TEST(ModelManifest, RefusesBadEntries) {
  EXPECT_THROW(parse_manifest("{"), Error);
  EXPECT_THROW(parse_manifest(R"({"version":2,"models":[]})"), Error);
  EXPECT_THROW(parse_manifest(manifest_with("{}")), Error);
  EXPECT_THROW(parse_manifest(manifest_with(replaced("https://", "http://"))), Error);
  EXPECT_THROW(parse_manifest(manifest_with(replaced("0123456789abcdef\"", "\""))), Error);
  EXPECT_THROW(parse_manifest(manifest_with(replaced("0123", "ABCD"))), Error);
  EXPECT_THROW(parse_manifest(manifest_with(replaced("\"a.pth\"", "\"../a.pth\""))), Error);
  EXPECT_THROW(parse_manifest(manifest_with(replaced("\"a.pth\"", "\"..\""))), Error);
  EXPECT_THROW(parse_manifest(manifest_with(replaced("\"window\":1", "\"window\":4"))), Error);
  EXPECT_THROW(parse_manifest(manifest_with(replaced("\"crops\"", "\"faces\""))), Error);
  EXPECT_THROW(parse_manifest(manifest_with(replaced("\"restore\"", "\"detect\""))), Error);
}

TEST(ModelManifest, UnknownNamesAreAnsweredWithTheKnownOnes) {
  EXPECT_EQ(known_model("gfpgan-1.4").bytes, 348632874u);
  try {
    known_model("gfpgan-9");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
    EXPECT_THAT(error.advice(), ::testing::HasSubstr("gfpgan-1.4"));
  }
}

}  // namespace
}  // namespace reelface
