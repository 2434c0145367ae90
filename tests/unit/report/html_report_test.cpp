// SPDX-License-Identifier: Apache-2.0
#include "report/html_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>

#include "reelface/core/error.h"
#include "sample_report.h"
#include "support/run_program.h"
#include "support/source_folder.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(HtmlReport, EmptyDataIsStillAPage) {
  const std::string html = html_report({});
  EXPECT_THAT(html, HasSubstr("<!DOCTYPE html>"));
  EXPECT_THAT(html, HasSubstr("</html>"));
  EXPECT_THAT(html, Not(HasSubstr("<section")));
}

TEST(HtmlReport, EveryTextIsEscaped) {
  const std::string evil = "<img src=x onerror=alert(1)>\"'&</script><!--";
  ReportData data;
  data.title = data.subtitle = data.timing_note = data.model_card = data.footer = evil;
  data.warnings = {evil};
  data.headlines = {{evil, evil, evil, evil, ReportTone::kGood}};
  const ReportImage image{evil, {1, 2, 3}, 4, 4};
  data.pairs = {{evil, evil, image, image, image}};
  data.tracks = {{evil, evil, {{evil, image, image}}}};
  data.charts = {{evil, evil, evil, {0, 1}, {0, 1}, {{evil, ReportRole::kOther, {1, 2}}}}};
  data.tables = {{evil, evil, {evil}, {{{evil}, {evil}}}}};
  data.timings = {{evil, 1}};
  data.people = {{evil, evil, {{evil, image}}, {{0, 1}}, evil, {{evil, evil}}}};
  const std::string html = html_report(data);
  EXPECT_THAT(html, Not(HasSubstr("<img src=x")));
  EXPECT_THAT(html, Not(HasSubstr("<!--")));
  EXPECT_EQ(count_of(html, "</script>"), 2U);  // the chart's data and the page's script
  EXPECT_EQ(count_of(html, "<img "), 6U);
  EXPECT_EQ(count_of(html, "&lt;img src=x onerror=alert(1)&gt;"), count_of(html, "&lt;img"));
}

TEST(HtmlReport, RefersToNothingOutside) {
  const std::string html = html_report(testing::sample_report());
  for (const char* outside :
       {"http:", "https:", "url(", "@import", "<link", "<iframe", " srcset", "fetch(", "XMLHttp"}) {
    EXPECT_THAT(html, Not(HasSubstr(outside))) << outside;
  }
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
}

TEST(HtmlReport, ValuesThatAreNoNumbersLeaveGaps) {
  const double nan = std::nan(""), infinity = std::numeric_limits<double>::infinity();
  ReportData data;
  data.charts = {{"gaps", "", "", {0, 1, 2, 3}, {}, {{"a", ReportRole::kRestored, {1, nan, infinity, 2}}}},
                 {"nothing", "", "", {0, 1}, {}, {{"b", ReportRole::kInput, {infinity, infinity}}}},
                 {"no frames", "", "", {}, {}, {{"c", ReportRole::kInput, {}}}},
                 {"too few values", "", "", {0, 1, 2}, {0}, {{"d", ReportRole::kInput, {5}}}}};
  data.timings = {{"odd", nan}, {"less than nothing", -1}};
  const std::string html = html_report(data);
  EXPECT_THAT(html, HasSubstr("[1,null,null,2]"));
  EXPECT_THAT(html, HasSubstr("[5,null,null]"));
  EXPECT_EQ(count_of(html, "Nothing to draw"), 2U);
  EXPECT_THAT(html, Not(HasSubstr("nan")));
  EXPECT_THAT(html, Not(HasSubstr("d=\"Minf")));
}

TEST(HtmlReport, LongFilmsStaySmallAndKeepTheirPeaks) {
  ReportData data;
  ReportChart chart{"long", "", "", {}, {}, {{"a", ReportRole::kRestored, {}}}};
  for (int i = 0; i < 900000; ++i) {
    chart.frames.push_back(i);
    chart.series[0].values.push_back(i == 512345 ? 77.125 : 1 + 0.001 * (i % 7));
  }
  data.charts = {chart};
  const std::string html = html_report(data);
  EXPECT_LT(html.size(), 100000U);
  EXPECT_THAT(html, HasSubstr("77.125"));
  EXPECT_THAT(html, HasSubstr("1000 frames"));
}

TEST(HtmlReport, TooManyPicturesAreLeftOutAndSaidSo) {
  ReportData data;
  ReportImage image{"image/png", std::vector<std::uint8_t>(200000, 7), 10, 10};
  ReportTrack track{"face", "", {}};
  for (int i = 0; i < 10; ++i) {
    data.pairs.push_back({"pair " + std::to_string(i), "", image, image, image});
    track.crops.push_back({"crop", image, image});
  }
  data.tracks = {track};
  const std::string html = html_report(data);
  EXPECT_LE(html.size(), kLargestReportBytes);
  EXPECT_GT(html.size(), kLargestReportBytes - 900000);
  EXPECT_THAT(html, HasSubstr("pictures were left out"));
  EXPECT_THAT(html, HasSubstr("data-name=\"pair 0\""));
  EXPECT_THAT(html, Not(HasSubstr("class=crop ")));
}

TEST(WriteHtmlReport, ReplacesWholeOrNotAtAll) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.file("report.html");
  std::ofstream(path) << "older";
  write_html_report(path, {}, true);
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), html_report({}));
  EXPECT_FALSE(std::filesystem::exists(path + ".part"));
  EXPECT_THROW(write_html_report(folder.file("missing/report.html"), {}, true), Error);
  std::filesystem::create_directory(folder.file("taken"));
  EXPECT_THROW(write_html_report(folder.file("taken"), {}, true), Error);
  EXPECT_FALSE(std::filesystem::exists(folder.file("taken.part")));
  EXPECT_THROW(write_html_report("/dev/full/x.html", {}, true), Error);
}

void check_in_browser(const ReportData& data, const std::string& options) {
  if (testing::run_program("command -v chromedriver && command -v chromium").exit_code != 0) {
    GTEST_SKIP() << "NOT TESTED IN A BROWSER: chromium and chromium-driver are not installed";
  }
  const testing::TemporaryFolder folder;
  write_html_report(folder.file("report.html"), data, false);
  const char* keep = std::getenv("REELFACE_SCREENSHOTS");  // where to leave pictures for people to look at
  const auto result =
      testing::run_program("/usr/bin/python3 " + testing::source_file("tests/unit/report/check_in_browser.py ") +
                           folder.file("report.html") + " " + (keep ? keep : folder.path().string()) + options);
  EXPECT_EQ(result.exit_code, 0) << result.output;
}

// A real browser: the slider moves, charts answer to pointer and keyboard, nothing is logged, nothing is fetched.
TEST(HtmlReport, WorksInABrowser) {
  check_in_browser(testing::sample_report(), "");
}

TEST(HtmlReport, PeopleWorkInABrowser) {
  check_in_browser(testing::sample_people(), " --any");
}

}  // namespace
}  // namespace reelface
