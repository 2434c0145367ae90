// SPDX-License-Identifier: Apache-2.0
#include "pipeline/values/repair_list.h"

#include <gtest/gtest.h>

#include <fstream>

#include "reelface/core/error.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

ListedRepair repair_at(double time, int x) {
  ListedRepair repair;
  repair.frame = 12;
  repair.time = time;
  repair.kind = "dirt";
  repair.sign = "dark";
  repair.box = {x, 20, 5, 6};
  repair.area = 17;
  repair.contrast = 81.26;
  repair.from = "-1";
  return repair;
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

TEST(RepairList, ALineTellsAll) {
  EXPECT_EQ(
      line_of(repair_at(0.48, 10)),
      R"({"frame":12,"time":0.48,"kind":"dirt","sign":"dark","box":[10,20,5,6],"area":17,"contrast":81.3,"from":"-1"})");
}

TEST(RepairList, HasWhatWasWrittenAndNothingElse) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.file("list.jsonl");
  write_file(path, line_of(repair_at(1 / 3.0, 10)) + "\n\n" + line_of(repair_at(2 / 3.0, 30)) + "\r\n");
  const RepairList list = read_repair_list(path);
  EXPECT_EQ(list.size(), 2U);
  EXPECT_TRUE(list.has(repair_at(1 / 3.0, 10)));
  EXPECT_FALSE(list.has(repair_at(1 / 3.0, 11)));
  EXPECT_FALSE(list.has(repair_at(2 / 3.0, 10)));
  ListedRepair scratch = repair_at(1 / 3.0, 10);
  scratch.kind = "scratch";
  EXPECT_FALSE(list.has(scratch));
}

TEST(RepairList, SaysWhichLineIsNoRepair) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.file("list.jsonl");
  for (const std::string bad :
       {"no json", "{}", R"({"time":1,"kind":"dirt","box":[1,2,3]})", R"({"time":1,"kind":"dirt","box":[1,2,3,4.5]})",
        R"({"time":"1","kind":"dirt","box":[1,2,3,4]})"}) {
    write_file(path, line_of(repair_at(1, 10)) + "\n" + bad + "\n");
    try {
      read_repair_list(path);
      FAIL() << bad;
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
      EXPECT_NE(std::string(error.what()).find("line 2 of"), std::string::npos) << error.what();
    }
  }
  EXPECT_THROW(read_repair_list(folder.file("none")), Error);
}

}  // namespace
}  // namespace reelface
