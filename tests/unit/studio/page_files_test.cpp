// SPDX-License-Identifier: Apache-2.0
#include "studio/page_files.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>

#include "support/generated_media.h"
#include "support/source_folder.h"

namespace reelface {
namespace {

TEST(PageFiles, AreThoseOfTheFolder) {
  ASSERT_GE(page_files().size(), 10U);
  for (const PageFile& file : page_files())
    EXPECT_EQ(std::string(file.text),
              testing::file_bytes(testing::source_file("src/studio/page/" + std::string(file.name))))
        << file.name;
}

TEST(PageFiles, AreFoundByTheirWholeName) {
  EXPECT_TRUE(page_file("index.html"));
  for (const char* name : {"", "index", "INDEX.HTML", "../studio.cpp", "page/index.html", "index.html/"})
    EXPECT_FALSE(page_file(name)) << name;
}

TEST(PageFiles, HaveATypeThatBrowsersRun) {
  EXPECT_EQ(type_of_page_file("main.js"), "text/javascript; charset=utf-8");
  EXPECT_EQ(type_of_page_file("index.html"), "text/html; charset=utf-8");
  EXPECT_EQ(type_of_page_file("none"), "application/octet-stream");
}

TEST(PageFiles, NameNothingThatIsNotThere) {
  const std::regex name(R"re(["'](?:\./|/page/)([a-z.]+)["'])re");
  std::set<std::string> named;
  for (const PageFile& file : page_files()) {
    const std::string text(file.text);
    for (std::sregex_iterator found(text.begin(), text.end(), name), end; found != end; ++found)
      named.insert((*found)[1]);
  }
  EXPECT_GE(named.size(), 8U);
  for (const std::string& one : named) EXPECT_TRUE(page_file(one)) << one;
}

TEST(PageFiles, ReachForNothingOutside) {
  for (const PageFile& file : page_files()) {
    const std::string text(file.text);
    for (std::size_t at = text.find("//"); at != std::string::npos; at = text.find("//", at + 1)) {
      const bool is_address = at > 0 && text[at - 1] == ':';
      EXPECT_TRUE(!is_address || text.compare(at, 12, "//www.w3.org") == 0) << file.name << ": " << text.substr(at, 60);
    }
    for (const char* word : {"eval(", "innerHTML", "document.write", "new Function", "style=", "onclick="})
      EXPECT_EQ(file.name == "index.html" || word != std::string("style=") ? text.find(word) : std::string::npos,
                std::string::npos)
          << file.name << ": " << word;
  }
}

}  // namespace
}  // namespace reelface
