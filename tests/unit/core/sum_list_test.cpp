// SPDX-License-Identifier: Apache-2.0
#include "core/sum_list.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "reelface/core/error.h"

namespace reelface {
namespace {

const std::string kDigest(64, 'a');

TEST(SumList, IsAsSha256sumWritesIt) {
  EXPECT_EQ(sum_list({{kDigest, "new.mkv"}}), kDigest + "  new.mkv\n");
  EXPECT_EQ(sum_list({{kDigest, "a\nb\\c"}}), std::string("\\").append(kDigest).append("  a\\nb\\\\c\n"));
}

TEST(SumList, IsReadAsItWasWritten) {
  for (const std::string name : {"new.mkv", "two words.mkv", "/away/film.mov", "a\nb\\c", " leading", "r\rn\n\\n"}) {
    const std::vector<FileSum> sums = read_sum_list(sum_list({{kDigest, name}, {kDigest, "other"}}));
    ASSERT_EQ(sums.size(), 2U);
    EXPECT_EQ(sums[0].name, name);
    EXPECT_EQ(sums[0].sha256, kDigest);
    EXPECT_EQ(sums[1].name, "other");
  }
  EXPECT_EQ(read_sum_list(kDigest + " *binary.mkv\n")[0].name, "binary.mkv");
  EXPECT_TRUE(read_sum_list("").empty());
}

TEST(SumList, SaysWhichLineIsNone) {
  const std::string short_digest(63, 'a'), no_digest(64, 'g');
  std::vector<std::string> lines{"nonsense", kDigest};
  lines.push_back(kDigest + "  ");
  lines.push_back(kDigest + "\tname");
  lines.push_back(no_digest + "  name");
  lines.push_back(short_digest + "  name");
  for (const std::string& line : lines) {
    try {
      std::string text = kDigest;
      text.append("  first\n").append(line).append("\n");
      read_sum_list(text);
      FAIL() << line;
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
      EXPECT_NE(std::string(error.what()).find("line 2"), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace reelface
